// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.app.probe;

import io.dpiprobe.buffer.Bound;
import java.util.concurrent.atomic.AtomicLong;
import org.agrona.concurrent.Agent;

/** Counts the rounds that an agent finishes, so that another thread can see whether it is stuck. */
final class CountedAgent implements Agent {
    /** Some seconds of nothing but failures: what lasts so long does not pass. */
    @Bound(
            of = "rounds of an agent that fail in a row",
            then = "the process ends with exit code 70",
            seen = "faults_total, log code fatal")
    static final int MAX_FAILED_IN_A_ROW = 1000;

    private final Agent agent;
    private final AtomicLong cycles = new AtomicLong();
    private int failedInARow;

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
        if (failedInARow == MAX_FAILED_IN_A_ROW) {
            LastResort.giveUp(agent.roleName() + " has failed " + MAX_FAILED_IN_A_ROW + " times in a row", null);
        }
        failedInARow++;
        int work = agent.doWork();
        failedInARow = 0;
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
