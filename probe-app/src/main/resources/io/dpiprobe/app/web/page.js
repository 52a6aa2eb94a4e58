// SPDX-License-Identifier: Apache-2.0
// Asks the probe once a second how it is, and shows that.
"use strict";

(() => {
  const SECONDS = 300, PERIOD_MS = 1000;
  const $ = id => document.getElementById(id);
  const {tableRow} = window.live;
  const css = name => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  const whole = n => Math.round(n).toLocaleString("en");
  let before = null, failures = 0, streaming = false;

  const rate = n => n >= 10 || n === 0 ? whole(n) : n.toFixed(1);
  function bytes(n) {
    const units = ["B", "KB", "MB", "GB", "TB"];
    let i = 0;
    while (n >= 1000 && i < 4) { n /= 1000; i++; }
    return (n >= 100 || i === 0 ? Math.round(n) : n.toFixed(1)) + " " + units[i];
  }
  function time(s) {
    return s < 0.001 ? (s * 1e6).toFixed(0) + " µs" : s < 1 ? (s * 1000).toFixed(s < 0.01 ? 1 : 0) + " ms"
      : s < 120 ? s.toFixed(1) + " s" : s < 7200 ? Math.round(s / 60) + " min" : Math.round(s / 3600) + " h";
  }
  const headers = () => {
    const token = sessionStorage.getItem("token");
    return token ? {Authorization: "Bearer " + token} : {};
  };

  // --- Charts -------------------------------------------------------------------------------------

  function chart(id, names) {
    const color = ["--s1", "--s2", "--s3"];
    const made = new Chart($(id), {
      type: "line",
      data: {datasets: names.map(name => ({label: name, data: [], borderWidth: 1.75, pointRadius: 0, tension: 0}))},
      options: {
        animation: false, parsing: false, normalized: true, responsive: true, maintainAspectRatio: false,
        interaction: {mode: "index", intersect: false},
        scales: {
          x: {type: "linear", min: -SECONDS, max: 0, grid: {display: false},
            ticks: {stepSize: 60, maxRotation: 0, callback: v => v === 0 ? "now" : v / 60 + " min"}},
          y: {beginAtZero: true, suggestedMax: 10, ticks: {maxTicksLimit: 5, callback: v => v >= 1e6 ? v / 1e6 + " M" : v >= 1e4 ? v / 1e3 + " k" : v}}
        },
        plugins: {legend: {display: names.length > 1, position: "top", align: "start", labels: {boxWidth: 12, boxHeight: 2}},
          tooltip: {callbacks: {title: items => Math.round(-items[0].parsed.x) + " s ago"}}}
      }
    });
    made.history = [];
    made.paint = () => {
      made.data.datasets.forEach((set, i) => { set.borderColor = set.backgroundColor = css(color[i]); });
      const {x, y} = made.options.scales;
      x.ticks.color = y.ticks.color = css("--quiet");
      x.border = y.border = {color: css("--line")};
      y.grid = {color: css("--line")};
      made.options.plugins.legend.labels.color = css("--text");
    };
    made.add = values => {
      const now = Date.now() / 1000;
      made.history.push({at: now, values});
      made.history = made.history.filter(entry => now - entry.at <= SECONDS + 2);
      made.data.datasets.forEach((set, i) => {
        set.data = made.history.map(entry => ({x: entry.at - now, y: entry.values === null ? NaN : entry.values[i]}));
      });
      if (!document.hidden) made.update("none");
    };
    made.paint();
    return made;
  }
  const rates = chart("rates", ["Packets", "Events", "Delivered"]);
  const backlog = chart("latency", ["Waiting for Core"]);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => {
    [rates, backlog].forEach(each => { each.paint(); each.update("none"); });
  });

  // --- What is said -------------------------------------------------------------------------------

  function say(state, text) {
    document.body.classList.toggle("gone", state === "bad" && before === null);
    if ($("state").textContent !== text) {
      $("state").textContent = text;
      $("state").dataset.state = state;
      document.title = (state === "good" ? "" : text + " – ") + "DPI probe";
    }
  }
  function badge(id, text, state) {
    $(id).textContent = text;
    $(id).dataset.state = state;
  }
  const lanes = status => ["high", "normal", "low"].map(lane => status.ledger[lane]);
  const sum = (status, key) => lanes(status).reduce((all, lane) => all + lane[key], 0);
  const dropped = status => lanes(status).reduce((all, lane) => all + Object.values(lane.dropped).reduce((a, b) => a + b, 0), 0);

  function judge(status) {
    const {circuit_breaker: breaker, level, backpressure} = status.delivery;
    if (!status.healthy) return ["bad", "a part of the probe has ended"];
    if (!status.ready) return ["warn", "stopping"];
    if (status.ledger.imbalance !== 0) return ["bad", "events are unaccounted for"];
    if (status.buffer.disk_state !== "ready") return ["bad", status.buffer.disk_state.replaceAll("_", " ") + ", events stay in memory"];
    if (breaker !== "closed") return ["bad", "Core is unavailable, events wait"];
    if (level === "critical" || level === "overload") return ["bad", "level " + level];
    if (backpressure) return ["warn", "Core slows delivery down"];
    return level === "warning" ? ["warn", "level warning"] : ["good", "healthy"];
  }

  function numbers(status, seconds) {
    const per = (now, then) => Math.max(0, now - then) / seconds;
    const values = before === null ? null : {
      packets: per(status.capture.captured, before.capture.captured),
      bytes: per(status.capture.captured_bytes, before.capture.captured_bytes),
      events: per(sum(status, "accepted"), sum(before, "accepted")),
      acked: per(sum(status, "acked"), sum(before, "acked"))
    };
    if (values) {
      $("packets").textContent = rate(values.packets);
      $("traffic").textContent = bytes(values.bytes) + "/s";
      $("events").textContent = rate(values.events);
      $("acked").textContent = rate(values.acked);
      rates.add([values.packets, values.events, values.acked]);
    }
    const waiting = sum(status, "in_memory") + sum(status, "on_disk") + sum(status, "in_flight");
    backlog.add([waiting]);
    $("dropped").textContent = rate(status.delivery.drop_rate_events_per_second);
    $("flows").textContent = whole(status.flows.active);
    $("waiting").textContent = whole(waiting) + " events";
    const latency = status.delivery.latency_seconds;
    $("p50").textContent = latency.count ? time(latency.p50) : "–";
    $("p99").textContent = latency.count ? time(latency.p99) : "–";
    $("backoff").textContent = status.delivery.backoff_seconds > 0 ? time(status.delivery.backoff_seconds) : "at once";
    $("inflight").textContent = status.delivery.in_flight + " of " + status.delivery.concurrency_limit;
  }

  function tiers(status) {
    for (const name of ["memory", "disk"]) {
      const tier = status.buffer[name];
      let box = $("tier-" + name);
      if (!box) {
        box = document.createElement("div");
        box.id = "tier-" + name;
        box.className = "tier";
        box.innerHTML = "<p><span></span><b></b></p><progress></progress><p class='quiet'></p>";
        box.querySelector("span").textContent = name === "memory" ? "Memory" : "Disk";
        box.querySelector("progress").setAttribute("aria-label", name === "memory" ? "Memory used" : "Disk used");
        $("tiers").append(box);
      }
      const share = tier.capacity_bytes ? tier.used_bytes / tier.capacity_bytes : 0;
      box.querySelector("b").textContent = bytes(tier.used_bytes) + " of " + bytes(tier.capacity_bytes) + ", " + Math.round(share * 100) + " %";
      const bar = box.querySelector("progress");
      bar.max = 1;
      bar.value = share;
      bar.classList.toggle("full", share > 0.8);
      const oldest = tier.oldest_event_age_seconds > 1 ? "; oldest " + time(tier.oldest_event_age_seconds) : "";
      const state = name === "disk" && status.buffer.disk_state !== "ready" ? "; " + status.buffer.disk_state.replaceAll("_", " ") : "";
      box.querySelector(".quiet").textContent =
        ["high", "normal", "low"].map(lane => lane + " " + bytes(tier.lanes[lane] || 0)).join(", ") + oldest + state;
    }
  }

  function tables(status, seconds) {
    const reasons = Object.keys(status.ledger.high.dropped).filter(reason => lanes(status).some(lane => lane.dropped[reason] > 0));
    $("drops").hidden = reasons.length === 0;
    $("nodrops").hidden = reasons.length > 0;
    $("drops").tBodies[0].replaceChildren(...reasons.map(reason =>
      tableRow([reason.replaceAll("_", " "), ...lanes(status).map(lane => whole(lane.dropped[reason]))], 1)));
    const types = Object.entries(status.events).sort((a, b) => b[1] - a[1]).slice(0, 10);
    $("types").tBodies[0].replaceChildren(...types.map(([type, total]) =>
      tableRow([type, before === null ? "–" : rate(Math.max(0, total - (before.events[type] || 0)) / seconds), whole(total)], 1)));
  }

  function show(status) {
    if (before !== null && before.epoch !== status.epoch) before = null; // it was started anew
    const seconds = before === null ? 1 : Math.max(0.2, (status.at - before.at) / 1000);
    $("id").textContent = status.id;
    $("about").textContent = "version " + status.version + ", up " + time(status.uptime_seconds);
    numbers(status, seconds);
    tiers(status);
    tables(status, seconds);
    const {level, circuit_breaker: breaker} = status.delivery;
    badge("level", level, level === "healthy" ? "good" : level === "warning" ? "warn" : "bad");
    badge("breaker", breaker.replace("_", " "), breaker === "closed" ? "good" : breaker === "open" ? "bad" : "warn");
    before = status;
    say(...judge(status));
  }

  async function poll() {
    try {
      const answer = await fetch("status", {headers: headers(), cache: "no-store", signal: AbortSignal.timeout(5000)});
      $("login").hidden = answer.status !== 401;
      $("content").hidden = answer.status === 401;
      if (answer.status === 401) {
        say("warn", "token needed");
      } else if (answer.ok) {
        failures = 0;
        show({...await answer.json(), at: Date.now()});
        if (!streaming) {
          streaming = true;
          window.live.run(headers);
        }
      } else {
        throw new Error(answer.status);
      }
    } catch (ignored) {
      if (++failures >= 2) {
        before = null;
        rates.add(null);
        backlog.add(null);
        say("bad", "the probe does not answer");
      }
    }
    setTimeout(poll, document.hidden ? 5 * PERIOD_MS : PERIOD_MS);
  }

  $("login").addEventListener("submit", event => {
    event.preventDefault();
    sessionStorage.setItem("token", $("token").value.trim());
    $("token").value = "";
  });
  document.addEventListener("visibilitychange", () => { if (!document.hidden) { rates.update("none"); backlog.update("none"); } });
  poll();
})();
