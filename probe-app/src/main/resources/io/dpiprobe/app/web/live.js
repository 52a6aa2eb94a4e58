// SPDX-License-Identifier: Apache-2.0
// Reads live events and shows the last ones, and which hosts they are about.
"use strict";

window.live = (() => {
  const ROWS = 60, KEPT = 500, HOST_MS = 300000, SLICE_MS = 10000;
  const body = document.querySelector("#live tbody"), hostsBody = document.querySelector("#hosts tbody");
  const stateText = document.getElementById("livestate"), filter = document.getElementById("filter");
  const pause = document.getElementById("pause");
  const kept = [];
  let slices = [], paused = false, dirty = false, missed = 0, seen = 0, connected = false;

  const side = (event, address, port) =>
    event[address] === undefined ? "" : event[port] === undefined ? event[address]
      : (event[address].includes(":") ? `[${event[address]}]` : event[address]) + ":" + event[port];

  function what(event) {
    const of = event[event.event_type] || {};
    switch (event.event_type) {
      case "dns": case "mdns": return [of.type, of.queries?.[0]?.rrtype, of.queries?.[0]?.rrname, of.rcode].filter(Boolean).join(" ");
      case "tls": case "quic": return [of.version, of.sni].filter(Boolean).join(" ");
      case "http": return [of.http_method, (of.hostname || "") + (of.url || ""), of.status].filter(Boolean).join(" ");
      case "flow": case "flow_update":
        return `${event.app_proto || ""} ${(of.bytes_toserver || 0) + (of.bytes_toclient || 0)} bytes ${of.state || ""}`.trim();
      case "fileinfo": return [of.filename, of.size === undefined ? "" : of.size + " bytes", of.state].filter(Boolean).join(" ");
      case "ledger": return `${of.packets?.captured ?? ""} packets captured`;
      default: return JSON.stringify(of).slice(0, 160);
    }
  }

  function take(line) {
    const event = JSON.parse(line);
    if (event.event_type === undefined) {
      missed = (event.heartbeat || event.end || {}).missed || 0;
      return;
    }
    seen++;
    const now = Date.now();
    if (slices.length === 0 || now - slices[slices.length - 1].at >= SLICE_MS) {
      slices.push({at: now, hosts: new Map()});
      slices = slices.filter(slice => now - slice.at < HOST_MS);
    }
    const hosts = slices[slices.length - 1].hosts;
    for (const host of [event.src_ip, event.dest_ip]) {
      if (host !== undefined && (hosts.has(host) || hosts.size < 5000)) {
        hosts.set(host, (hosts.get(host) || 0) + 1);
      }
    }
    const row = [(event.timestamp || "").slice(11, 23), event.event_type, side(event, "src_ip", "src_port"),
      side(event, "dest_ip", "dest_port"), what(event)];
    row.all = line.toLowerCase();
    kept.push(row);
    if (kept.length > KEPT) kept.shift();
    dirty = true;
  }

  function tableRow(cells, numbers) {
    const tr = document.createElement("tr");
    cells.forEach((cell, i) => {
      const td = document.createElement("td");
      td.textContent = cell;
      if (i >= numbers) td.className = "num";
      tr.append(td);
    });
    return tr;
  }

  function draw() {
    if (!dirty || paused) return;
    dirty = false;
    const wanted = filter.value.trim().toLowerCase();
    const rows = kept.filter(row => row.all.includes(wanted)).slice(-ROWS).reverse();
    body.replaceChildren(...rows.map(row => tableRow(row, 5)));
    const text = !connected ? "Not connected; trying again."
      : seen === 0 ? "No events yet."
      : wanted && rows.length === 0 ? "No event of the last " + kept.length + " fits the filter."
      : missed > 0 ? "Too many to show all: " + missed + " were left out here. Nothing is lost to Core by that." : "";
    if (stateText.textContent !== text) stateText.textContent = text;
    const sums = new Map();
    slices.forEach(slice => slice.hosts.forEach((n, host) => sums.set(host, (sums.get(host) || 0) + n)));
    const top = [...sums].sort((a, b) => b[1] - a[1]).slice(0, 8);
    hostsBody.replaceChildren(...top.map(([host, n]) => tableRow([host, n.toLocaleString("en")], 1)));
  }

  async function read(headers) {
    const answer = await fetch("api/v1/events/stream", {
      headers: {...headers, "X-Stream-Rate-Limit": "200", "X-Stream-Buffer-Size": "500"}, cache: "no-store"});
    if (!answer.ok) throw new Error(answer.status);
    connected = true;
    dirty = true;
    const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
    let rest = "";
    for (;;) {
      const {value, done} = await reader.read();
      if (done) return;
      const lines = (rest + value).split("\n");
      rest = lines.pop();
      lines.filter(line => line !== "").forEach(take);
    }
  }

  async function run(headers) {
    for (;;) {
      try { await read(headers()); } catch (ignored) { /* said below */ }
      connected = false;
      dirty = true;
      await new Promise(resolve => setTimeout(resolve, 2000));
    }
  }

  pause.addEventListener("click", () => {
    paused = !paused;
    pause.setAttribute("aria-pressed", paused);
    pause.textContent = paused ? "Go on" : "Pause";
    dirty = true;
    draw();
  });
  filter.addEventListener("input", () => { dirty = true; const was = paused; paused = false; draw(); paused = was; });
  setInterval(draw, 500);
  return {run, tableRow};
})();
