// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.app.probe;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.Agent;

/** Breaks in one way on one thread, in a process of its own; ends with 0 if the threads go on. */
final class LastResortChild {
    private LastResortChild() {}

    public static void main(String[] args) throws InterruptedException {
        LastResort.install();
        CountDownLatch wentOn = new CountDownLatch(1);
        if (args[0].equals("uncaught")) {
            new Thread(() -> fail("internal")).start();
        } else {
            AgentThread.start(new Breaking(args[0], wentOn), new Faults());
        }
        System.exit(wentOn.await(30, TimeUnit.SECONDS) ? 0 : 1);
    }

    private static final class Breaking implements Agent {
        private final String how;
        private final CountDownLatch wentOn;
        private boolean hasBroken;

        Breaking(String how, CountDownLatch wentOn) {
            this.how = how;
            this.wentOn = wentOn;
        }

        @Override
        public int doWork() {
            if (how.equals("always")) {
                fail("bug");
            }
            if (hasBroken) {
                wentOn.countDown();
                return 0;
            }
            hasBroken = true;
            fail(how);
            return 1;
        }

        @Override
        public String roleName() {
            return "breaking";
        }
    }

    private static void fail(String how) {
        switch (how) {
            case "heap" -> fillHeap();
            case "memory" -> java.nio.ByteBuffer.allocateDirect(Integer.MAX_VALUE);
            case "stack" -> deeper(0);
            case "linkage" -> throw new NoClassDefFoundError("x");
            case "bug" -> throw new IllegalStateException("x");
            default -> throw new InternalError("x");
        }
    }

    private static void fillHeap() {
        List<byte[]> all = new ArrayList<>();
        while (!all.isEmpty() || all.add(new byte[0])) {
            all.add(new byte[all.size() < 1000 ? 1 << 20 : 16]); // at last not even a little is left
        }
    }

    private static int deeper(int depth) {
        return depth < 0 ? depth : 1 + deeper(depth + 1); // it ends long before depth overflows
    }
}
