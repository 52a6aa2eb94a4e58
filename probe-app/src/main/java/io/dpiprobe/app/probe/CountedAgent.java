// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.app.probe;

import java.util.concurrent.atomic.AtomicLong;
import org.agrona.concurrent.Agent;

/** Counts the rounds that an agent finishes, so that another thread can see whether it is stuck. */
final class CountedAgent implements Agent {
    private final Agent agent;
    private final AtomicLong cycles = new AtomicLong();

    CountedAgent(Agent agent) {
        this.agent = agent;
    }

    @Override
    public void onStart() {
        agent.onStart();
    }

    /** A round that ends by an exception is none: an agent that only fails does not move. */
    @Override
    public int doWork() throws Exception {
        int work = agent.doWork();
        cycles.lazySet(cycles.getPlain() + 1);
        return work;
    }

    @Override
    public void onClose() {
        agent.onClose();
    }

    @Override
    public String roleName() {
        return agent.roleName();
    }

    Stage stage() {
        return new Stage(roleName(), cycles::get);
    }
}
