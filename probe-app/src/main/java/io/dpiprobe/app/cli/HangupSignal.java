// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.app.cli;

import java.lang.reflect.Proxy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Calls back on SIGHUP. Java has no supported way to hear a signal, and the compiler refuses the one of the JDK by name;
 * so it is looked up, and without it the signal ends the probe as before.
 */
final class HangupSignal {
    private static final Logger LOG = LoggerFactory.getLogger(HangupSignal.class);

    private HangupSignal() {}

    /** From now on SIGHUP runs this, on a thread of the JVM. */
    static void install(Runnable onSignal) {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            Object proxy = Proxy.newProxyInstance(
                    HangupSignal.class.getClassLoader(), new Class<?>[] {handler}, (self, method, arguments) -> {
                        if (method.getName().equals("handle")) {
                            onSignal.run();
                        }
                        return null;
                    });
            signal.getMethod("handle", signal, handler)
                    .invoke(null, signal.getConstructor(String.class).newInstance("HUP"), proxy);
        } catch (ReflectiveOperationException | IllegalArgumentException e) {
            LOG.warn(
                    "reload_unavailable: this Java run time does not pass on SIGHUP: {}", String.valueOf(e.getCause()));
        }
    }
}
