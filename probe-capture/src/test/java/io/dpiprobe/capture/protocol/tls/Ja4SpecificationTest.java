// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.tls;

import static org.assertj.core.api.Assertions.assertThat;

import io.dpiprobe.capture.Dialogue;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The examples of the specification, "JA4: TLS Client Fingerprinting", as hellos that give them. */
class Ja4SpecificationTest {
    private static final String SUITES = "1301,1302,1303,c02b,c02f,c02c,c030,cca9,cca8,c013,c014,009c,009d,002f,0035";
    private static final String ALGORITHMS = "04030804040105030805050108060601";

    @Test
    void fingerprintsTheExample() {
        HelloBytes hello = HelloBytes.offering(0x0303, "3a3a," + SUITES)
                .extensions("4a4a,001b,0000,0033")
                .extension(TlsExtension.ALPN, alpn("6832"))
                .extensions("4469,0017,002d")
                .extension(TlsExtension.SIGNATURE_ALGORITHMS, HelloBytes.vector(ALGORITHMS))
                .extensions("0005,0023,0012")
                .extension(TlsExtension.SUPPORTED_VERSIONS, "06dada03040303")
                .extensions("ff01,000b,000a,0015");

        assertThat(ja4(hello)).isEqualTo("t13d1516h2_8daaf6152771_e5627efa2ab1");
    }

    @Test
    void endsWithoutAnUnderscoreWhereThereAreNoSignatureAlgorithms() {
        HelloBytes hello = HelloBytes.offering(0x0303, SUITES)
                .extensions("0005,000a,000b,0012,0015,0017,001b,0023")
                .extension(TlsExtension.SUPPORTED_VERSIONS, "020304")
                .extensions("002d,0033,4469,ff01")
                .extension(TlsExtension.SIGNATURE_ALGORITHMS, "0000");

        assertThat(ja4(hello)).isEqualTo("t13i151400_8daaf6152771_6d807ffa2a79");
    }

    @Test
    void writesZerosForEmptyLists() {
        assertThat(ja4(HelloBytes.offering(0x0301, ""))).isEqualTo("t10i000000_000000000000_000000000000");
        assertThat(ja4(HelloBytes.offering(0x0301, "").extensions("0000")))
                .isEqualTo("t10d000100_000000000000_000000000000");
    }

    @ParameterizedTest
    @CsvSource({
        "ab, ab",
        "abcd, ad",
        "30ab, 3b",
        "3031abcd, 3d",
        "30abcd31, 01",
        "6832, h2",
        "687474702f312e31, h1",
        "68, hh",
        "'', 00"
    })
    void showsTheEndsOfTheFirstNameOfAnApplicationProtocol(String name, String shown) {
        HelloBytes hello = HelloBytes.offering(0x0303, "1301").extension(TlsExtension.ALPN, alpn(name));

        assertThat(ja4(hello)).startsWith("t12i0101" + shown + "_");
    }

    @Test
    void showsEachVersion() {
        Map.of(0x0304, "13", 0x0303, "12", 0x0302, "11", 0x0301, "10", 0x0300, "s3")
                .forEach((number, shown) -> assertThat(ja4(offeringVersions("%04x".formatted(number))))
                        .startsWith("t" + shown));
    }

    /** What the specification calls unknown: a draft has a number of its own, higher than any other. */
    @Test
    void showsADraftAsUnknown() {
        assertThat(ja4(offeringVersions("7f1c" + "0303"))).startsWith("t00");
    }

    @Test
    void countsNoFurtherThanNinetyNine() {
        StringBuilder suites = new StringBuilder();
        for (int i = 1; i <= 150; i++) {
            suites.append("%04x".formatted(0xc000 + i));
        }
        assertThat(ja4(HelloBytes.offering(0x0303, suites.toString()))).startsWith("t12i9900");
    }

    private static HelloBytes offeringVersions(String versions) {
        return HelloBytes.offering(0x0303, "1301")
                .extension(TlsExtension.SUPPORTED_VERSIONS, "%02x".formatted(versions.length() / 2) + versions);
    }

    private static String alpn(String name) {
        return HelloBytes.vector("%02x".formatted(name.length() / 2) + name);
    }

    private static String ja4(HelloBytes hello) {
        return Dialogue.tcp(443)
                .client(hello.record())
                .close()
                .bodies("tls")
                .get(0)
                .path("ja4")
                .asText();
    }
}
