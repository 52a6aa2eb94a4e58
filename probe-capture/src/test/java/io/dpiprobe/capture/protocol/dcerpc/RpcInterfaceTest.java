// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.dcerpc;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RpcInterfaceTest {
    /** One operation near the end of each table: a name left out before it would move it. */
    @ParameterizedTest
    @CsvSource({
        "367abb81-9844-35f1-ad32-98f038001003, 12, RCreateServiceW",
        "367abb81-9844-35f1-ad32-98f038001003, 51, RControlServiceExW",
        "1ff70682-0a51-30e8-076d-740be8cee98b, 3, NetrJobGetInfo",
        "86d35949-83c9-4044-b424-db363231fd0c, 19, SchRpcEnableTask",
        "12345778-1234-abcd-ef00-0123456789ac, 67, SamrValidatePassword",
        "12345778-1234-abcd-ef00-0123456789ab, 77, LsarLookupNames4",
        "e3514235-4b06-11d1-ab04-00c04fc2dcd2, 30, IDL_DRSReadNgcKey",
        "4b324fc8-1670-01d3-1278-5a47bf6ee188, 57, NetrShareDelEx",
        "6bffd098-a112-3610-9833-46c3f87e345a, 30, NetrEnumerateComputerNames",
        "338cd001-2244-31f1-aaaa-900038001003, 35, BaseRegDeleteKeyEx",
        "82273fdc-e32a-18c3-3f78-827929dc23ea, 26, ElfrReportEventExA",
        "12345678-1234-abcd-ef00-0123456789ab, 65, RpcRemoteFindFirstPrinterChangeNotificationEx",
        "12345678-1234-abcd-ef00-0123456789ab, 89, RpcAddPrinterDriverEx",
        "12345678-1234-abcd-ef00-0123456789ab, 52, RpcResetPrinter",
        "12345678-1234-abcd-ef00-0123456789ab, 62, RpcRemoteFindFirstPrinterChangeNotification",
        "338cd001-2244-31f1-aaaa-900038001003, 30, BaseInitiateSystemShutdownEx",
        "f6beaff7-1e19-4fbb-9f8f-b89e2018337c, 28, EvtRpcGetClassicLogDisplayName",
        "6bffd098-a112-3610-9833-46c3f874532d, 40, R_DhcpServerGetConfigV4",
        "a4f1db00-ca47-1067-b31f-00dd010662da, 11, EcDoRpcExt2",
        "f5cc5a18-4264-101a-8c59-08002b2f8426, 20, NspiResolveNamesW",
        "76f03f96-cdfd-44fc-a22c-64950a001209, 39, RpcAsyncAddPrinterDriver",
        "76f03f96-cdfd-44fc-a22c-64950a001209, 63, RpcAsyncUploadPrinterDriverPackage",
        "12345678-1234-abcd-ef00-01234567cffb, 48, DsrUpdateReadOnlyServerDnsRecords",
        "c681d488-d850-11d0-8c52-00c04fd90f7e, 22, EfsRpcQueryProtectors",
        "4fc742e0-4a10-11cf-8273-00aa004ae673, 25, NetrDfsGetSupportedNamespaceVersion",
        "e1af8308-5d1f-11c9-91a4-08002b14a0fa, 3, ept_map",
        "000001a0-0000-0000-c000-000000000046, 4, RemoteCreateInstance",
        "9556dc99-828c-11cf-a37e-00aa003240c7, 24, ExecMethod"
    })
    void namesOperations(UUID uuid, int opnum, String operation) {
        RpcInterface known = RpcInterfaces.find(uuid.getMostSignificantBits(), uuid.getLeastSignificantBits());
        assertThat(Objects.requireNonNull(known).operation(opnum)).isEqualTo(operation);
    }

    @Test
    void hasNoNameForUnusedAndUnknownNumbers() {
        RpcInterface some = RpcInterface.of("some", "00000000-0000-0000-0000-000000000001", "first -2 fourth -");
        assertThat(Stream.of(0, 1, 2, 3, 4, 5, 0xffff).map(some::operation))
                .containsExactly("first", "", "", "fourth", "", "", "");
    }

    @Test
    void hasNoInterfaceTwice() {
        List<RpcInterface> all = Stream.of(
                        AdministrationInterfaces.ALL, AccountInterfaces.ALL, ObjectInterfaces.ALL, ServerInterfaces.ALL)
                .flatMap(List::stream)
                .toList();
        assertThat(all)
                .doesNotHaveDuplicates()
                .allSatisfy(each -> assertThat(RpcInterfaces.find(each.uuidHigh, each.uuidLow))
                        .isSameAs(each));
    }
}
