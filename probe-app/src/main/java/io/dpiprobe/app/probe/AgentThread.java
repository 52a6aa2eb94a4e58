// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.app.probe;

import java.util.concurrent.TimeUnit;
import org.agrona.ErrorHandler;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.AgentRunner;
import org.agrona.concurrent.BackoffIdleStrategy;

/** Runs an agent on a thread that bears its name. */
final class AgentThread {
    private static final int SPINS = 10;
    private static final int YIELDS = 5;
    private static final long SHORTEST_PARK_NS = TimeUnit.MICROSECONDS.toNanos(10);
    /** What an agent that has nothing to do lets pass at most; long enough that an idle probe costs next to nothing. */
    private static final long LONGEST_PARK_NS = TimeUnit.MILLISECONDS.toNanos(2);

    private static final int CLOSE_TIMEOUT_MS = 3000;

    private final CountedAgent agent;
    private final AgentRunner runner;
    private final Thread thread;

    private AgentThread(CountedAgent agent, AgentRunner runner, Thread thread) {
        this.agent = agent;
        this.runner = runner;
        this.thread = thread;
    }

    static AgentThread start(Agent agent, ErrorHandler errorHandler) {
        CountedAgent counted = new CountedAgent(agent);
        AgentRunner runner = new AgentRunner(
                new BackoffIdleStrategy(SPINS, YIELDS, SHORTEST_PARK_NS, LONGEST_PARK_NS), errorHandler, null, counted);
        return new AgentThread(counted, runner, AgentRunner.startOnThread(runner));
    }

    boolean isAlive() {
        return thread.isAlive();
    }

    Stage stage() {
        return agent.stage();
    }

    /** Ends the agent and waits for it; when that takes long, does what lets it go on. */
    void close(Runnable onTimeout) {
        runner.close(CLOSE_TIMEOUT_MS, stuck -> onTimeout.run());
    }
}
