// Lines over time: uPlot in an element of its own, in the colours of the theme.
(function () {
  if (customElements.get("gh-chart")) {
    return;
  }

  const HEIGHT = 180;
  const SYNC = "gh-charts";

  function colour(name) {
    return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  }

  function number(value, unit) {
    if (value == null) {
      return "–";
    }
    const text = value.toLocaleString("en", { maximumFractionDigits: value < 10 ? 2 : 0 });
    return unit ? text + " " + unit : text;
  }

  // No line leads to a value without neighbours, so that nothing of it would be seen.
  function alone(u, series) {
    const values = u.data[series];
    const missing = (value) => value === null || value === undefined;
    const found = [];
    values.forEach((value, i) => {
      if (!missing(value) && missing(values[i - 1]) && missing(values[i + 1])) {
        found.push(i);
      }
    });
    return found.length > 0 ? found : null;
  }

  function short(value) {
    if (value >= 1e6) {
      return (value / 1e6).toLocaleString("en", { maximumFractionDigits: 1 }) + "M";
    }
    if (value >= 1e3) {
      return (value / 1e3).toLocaleString("en", { maximumFractionDigits: 1 }) + "k";
    }
    return value.toLocaleString("en", { maximumFractionDigits: 2 });
  }

  const CLOCK = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" };
  const DAY = { day: "numeric", month: "short" };

  function moment(seconds) {
    return seconds == null
      ? "–"
      : new Date(seconds * 1000).toLocaleString("en", { ...DAY, ...CLOCK });
  }

  // the clock, with the day where it begins
  function times(ticks, every) {
    let before = null;
    return ticks.map((seconds) => {
      const time = new Date(seconds * 1000);
      const day = time.toLocaleDateString("en", DAY);
      const begins = day !== before;
      before = day;
      if (every >= 86400) {
        return day;
      }
      const clock = time.toLocaleTimeString("en", CLOCK);
      return begins ? clock + "\n" + day : clock;
    });
  }

  // what happened, as dashed verticals that tell on hover
  function marks(list) {
    return {
      hooks: {
        draw: (u) => {
          const ctx = u.ctx;
          ctx.save();
          ctx.strokeStyle = colour("--gh-secondary");
          ctx.lineWidth = devicePixelRatio;
          ctx.setLineDash([4 * devicePixelRatio, 4 * devicePixelRatio]);
          for (const mark of list) {
            const x = u.valToPos(mark.at, "x", true);
            if (x >= u.bbox.left && x <= u.bbox.left + u.bbox.width) {
              ctx.beginPath();
              ctx.moveTo(x, u.bbox.top);
              ctx.lineTo(x, u.bbox.top + u.bbox.height);
              ctx.stroke();
            }
          }
          ctx.restore();
        },
        setCursor: (u) => {
          const near = list.find((m) => Math.abs(u.valToPos(m.at, "x") - u.cursor.left) < 5);
          u.over.title = near ? near.label : "";
        },
      },
    };
  }

  class GatehouseChart extends HTMLElement {
    connectedCallback() {
      if (Object.hasOwn(this, "data")) {
        // it was set before this class was known
        const early = this.data;
        delete this.data;
        this.data = early;
      }
      this.size = new ResizeObserver(() => this.fit());
      this.size.observe(this);
      this.theme = new MutationObserver(() => this.draw());
      this.theme.observe(document.documentElement, { attributes: true, attributeFilter: ["theme"] });
      this.draw();
    }

    disconnectedCallback() {
      this.size.disconnect();
      this.theme.disconnect();
      this.erase();
    }

    get data() {
      return this.text;
    }

    set data(text) {
      this.text = text;
      const model = JSON.parse(text);
      const same =
        this.plot &&
        this.model.unit === model.unit &&
        JSON.stringify(this.model.marks) === JSON.stringify(model.marks) &&
        this.model.lines.map((l) => l.label).join("\n") === model.lines.map((l) => l.label).join("\n");
      this.model = model;
      if (same) {
        this.plot.setData(this.columns());
      } else {
        this.draw();
      }
    }

    columns() {
      return [this.model.times, ...this.model.lines.map((line) => line.values)];
    }

    erase() {
      if (this.plot) {
        this.plot.destroy();
        this.plot = null;
      }
    }

    fit() {
      if (this.plot && this.clientWidth > 0) {
        this.plot.setSize({ width: this.clientWidth, height: HEIGHT });
      }
    }

    draw() {
      this.erase();
      if (!this.isConnected || !this.model || !window.uPlot) {
        return;
      }
      const unit = this.model.unit;
      const axis = {
        stroke: colour("--gh-secondary"),
        font: "12px " + colour("--gh-font"),
        grid: { stroke: colour("--gh-line"), width: 1 },
        ticks: { stroke: colour("--gh-line"), width: 1 },
      };
      this.plot = new window.uPlot(
        {
          width: Math.max(this.clientWidth, 240),
          height: HEIGHT,
          cursor: { sync: { key: SYNC }, drag: { x: true, y: false, setScale: false } },
          select: { show: true },
          scales: { y: { range: (u, min, max) => [0, max > 0 ? max * 1.1 : 1] } },
          axes: [
            { ...axis, values: (u, ticks, index, space, every) => times(ticks, every) },
            { ...axis, size: 56, values: (u, ticks) => ticks.map(short) },
          ],
          series: [
            { label: "Time", value: (u, seconds) => moment(seconds) },
            ...this.model.lines.map((line, i) => ({
              label: line.label,
              stroke: colour("--gh-chart-" + (i + 1)),
              width: 1.5,
              points: { show: false, filter: alone, size: 4 },
              value: (u, value) => number(value, unit),
            })),
          ],
          plugins: [marks(this.model.marks)],
          hooks: { setSelect: [(u) => this.zoom(u)] },
        },
        this.columns(),
        this);
    }

    zoom(u) {
      if (u.select.width < 4) {
        return;
      }
      const from = Math.floor(u.posToVal(u.select.left, "x"));
      const until = Math.ceil(u.posToVal(u.select.left + u.select.width, "x"));
      u.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
      this.dispatchEvent(new CustomEvent("chart-zoom", { detail: { from, until } }));
    }
  }

  customElements.define("gh-chart", GatehouseChart);
})();
