// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.app.cli;

import io.dpiprobe.capture.source.CaptureException;
import io.dpiprobe.capture.source.CaptureFileException;
import io.dpiprobe.capture.source.InvalidFilterException;
import io.dpiprobe.capture.source.LibPcapMissingException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/** Tells a person why a command failed, in one line and without a stack trace: the one place that catches everything. */
final class FailureReport implements IExecutionExceptionHandler {
    @Override
    public int handleExecutionException(Exception failure, CommandLine command, ParseResult arguments) {
        PrintWriter err = command.getErr();
        ExitCode code = codeOf(failure);
        err.println("dpi-probe: " + messageOf(failure));
        if (code == ExitCode.SOFTWARE) {
            err.println("dpi-probe: this is a bug; set LOG_LEVEL=debug to see where, and please report it");
            LoggerFactory.getLogger(FailureReport.class).debug("unexpected failure", failure);
        }
        err.flush();
        return code.code();
    }

    static ExitCode codeOf(Exception failure) {
        if (failure instanceof CommandFailure known) {
            return known.exitCode();
        } else if (failure instanceof NoSuchFileException) {
            return ExitCode.NO_INPUT;
        } else if (failure instanceof AccessDeniedException) {
            return ExitCode.NO_PERMISSION;
        } else if (failure instanceof LibPcapMissingException) {
            return ExitCode.UNAVAILABLE;
        } else if (failure instanceof InvalidFilterException) {
            return ExitCode.CONFIG;
        } else if (failure instanceof CaptureException capture) {
            return codeOf(capture.kind());
        } else if (failure instanceof IOException) {
            return ExitCode.IO_ERROR;
        }
        return ExitCode.SOFTWARE;
    }

    private static ExitCode codeOf(CaptureException.Kind kind) {
        return switch (kind) {
            case NO_PERMISSION -> ExitCode.NO_PERMISSION;
            case NO_SUCH_INTERFACE -> ExitCode.NO_INPUT;
            case OTHER -> ExitCode.IO_ERROR;
        };
    }

    static String messageOf(Exception failure) {
        if (failure instanceof CommandFailure || failure instanceof CaptureFileException) {
            return String.valueOf(failure.getMessage());
        } else if (failure instanceof NoSuchFileException missing) {
            return missing.getFile() + ": no such file; check the name";
        } else if (failure instanceof AccessDeniedException denied) {
            return denied.getFile() + ": not allowed; check its owner and mode, or run as another user";
        } else if (failure instanceof FileSystemException broken) {
            return broken.getFile() + ": " + broken.getReason();
        } else if (failure instanceof IOException) {
            return String.valueOf(failure.getMessage());
        }
        return "unexpected " + failure;
    }
}
