// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * Every tool on one trace, in turns: once on one pass over it and once on three, whose difference is the steady state.
 *
 * @param once one pass
 * @param thrice three, the addresses of each its own
 */
record Comparison(Path once, Path thrice, long packetsOnce, long packetsThrice, long bitsOfTwo) {
    /**
     * What one tool took in one round.
     *
     * @param firstUs CPU a packet of the first pass, start-up included, in µs
     * @param steadyUs CPU a packet of the second and third pass, in µs
     */
    record Cost(double firstUs, double steadyUs, long rssMiB) {}

    /** Runs all tools, a round after another. */
    Map<String, List<Cost>> run(List<Tool> tools, int rounds) throws IOException, InterruptedException {
        Map<String, List<Cost>> costs = new LinkedHashMap<>();
        for (int round = 0; round < rounds; round++) {
            for (Tool tool : tools) {
                ProcessCost first = ProcessCost.of(tool.on(once));
                ProcessCost all = ProcessCost.of(tool.on(thrice));
                double steady = (all.cpuSeconds() - first.cpuSeconds()) / (packetsThrice - packetsOnce);
                costs.computeIfAbsent(tool.name(), name -> new ArrayList<>())
                        .add(new Cost(first.cpuSeconds() / packetsOnce * 1e6, steady * 1e6, all.rssMiB()));
            }
        }
        return costs;
    }

    static double median(List<Cost> costs, ToDoubleFunction<Cost> of) {
        return middle(costs.stream().map(of::applyAsDouble).toList());
    }

    /** How many times cheaper the probe was than another tool: the median over pairs of one round. */
    static double ratio(List<Cost> probe, List<Cost> other, ToDoubleFunction<Cost> of) {
        List<Double> ratios = new ArrayList<>();
        for (int round = 0; round < probe.size(); round++) {
            ratios.add(of.applyAsDouble(other.get(round)) / of.applyAsDouble(probe.get(round)));
        }
        return middle(ratios);
    }

    private static double middle(List<Double> values) {
        List<Double> sorted = new ArrayList<>(values);
        Collections.sort(sorted);
        return sorted.get(sorted.size() / 2);
    }
}
