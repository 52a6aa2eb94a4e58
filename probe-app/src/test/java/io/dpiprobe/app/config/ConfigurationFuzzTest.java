// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.app.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Any text in any setting is either understood or refused with a reason that names the setting. */
class ConfigurationFuzzTest {
    @FuzzTest
    void anyTextIsUnderstoodOrRefused(FuzzedDataProvider data) {
        List<String> names = Settings.all().stream().map(Setting::name).toList();
        Map<String, String> environment = new HashMap<>();
        while (data.remainingBytes() > 0) {
            String name = data.consumeInt(0, 9) == 0 ? data.consumeString(30) : data.pickValue(names);
            environment.put(name, data.consumeString(data.consumeInt(0, 60)));
        }
        try {
            assertThat(SettingsPage.values(Configuration.read(environment))).contains("CORE_API_URL");
        } catch (InvalidConfigurationException refused) {
            assertThat(refused.problems())
                    .isNotEmpty()
                    .allMatch(problem -> names.stream().anyMatch(problem::contains));
        }
        assertThat(SettingsPage.warnings(environment).size()).isLessThanOrEqualTo(environment.size());
    }
}
