// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.app.probe;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.agrona.ErrorHandler;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.AgentRunner;
import org.agrona.concurrent.BackoffIdleStrategy;
import org.agrona.concurrent.IdleStrategy;

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

    private final Pause pause;

    private AgentThread(CountedAgent agent, AgentRunner runner, Pause pause, Thread thread) {
        this.agent = agent;
        this.runner = runner;
        this.pause = pause;
        this.thread = thread;
    }

    static AgentThread start(Agent agent, ErrorHandler errorHandler) {
        return start(agent, new BackoffIdleStrategy(SPINS, YIELDS, SHORTEST_PARK_NS, LONGEST_PARK_NS), errorHandler);
    }

    /** Lets the agent say how it waits while it has nothing to do. */
    static AgentThread start(Agent agent, IdleStrategy idle, ErrorHandler errorHandler) {
        CountedAgent counted = new CountedAgent(agent);
        Pause pause = new Pause(idle);
        AgentRunner runner = new AgentRunner(pause, errorHandler, null, counted);
        return new AgentThread(counted, runner, pause, AgentRunner.startOnThread(runner));
    }

    boolean isAlive() {
        return thread.isAlive();
    }

    Stage stage() {
        return agent.stage();
    }

    /** Ends the agent and waits for it; when that takes long, does what lets it go on. */
    void close(Runnable onTimeout) {
        pause.isOver = true;
        LockSupport.unpark(thread);
        runner.close(CLOSE_TIMEOUT_MS, stuck -> onTimeout.run());
    }

    /** Waits as it is told to, and no more once the agent is to end. */
    private static final class Pause implements IdleStrategy {
        private final IdleStrategy idle;
        private volatile boolean isOver;

        Pause(IdleStrategy idle) {
            this.idle = idle;
        }

        @Override
        public void idle(int workCount) {
            if (!isOver) {
                idle.idle(workCount);
            }
        }

        @Override
        public void idle() {
            idle(0);
        }

        @Override
        public void reset() {
            idle.reset();
        }

        @Override
        public String alias() {
            return idle.alias();
        }
    }
}
