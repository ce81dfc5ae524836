"use strict";
(() => {
  const charts = JSON.parse(document.getElementById("data").textContent);
  const trouble = document.getElementById("trouble");
  const DASHES = [[], [7, 4], [2, 3], [10, 3, 2, 3], [5, 2]];
  const NAME_MAX = 22;
  const policies = charts.length === 0 ? [] : Object.keys(charts[0].series);
  const hidden = new Set();
  const drawn = [];

  const overTime = charts.filter((chart) => chart.across.startsWith("time"));
  const longest = Math.max(
    ...overTime.flatMap((chart) => Object.values(chart.series).map((points) => points.at(-1)?.[0] ?? 0)),
  );

  const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  const number = (value) =>
    Math.abs(value) >= 100 ? Math.round(value).toLocaleString("en") : String(Number(value.toPrecision(3)));
  const short = (text) => {
    const letters = [...text];
    return letters.length > NAME_MAX ? letters.slice(0, NAME_MAX - 1).join("") + "…" : text;
  };
  const round = (value) => [1, 2, 5].includes(Number(value.toExponential().split("e")[0]));

  function datasets(chart) {
    return policies.map((policy, index) => {
      const line = colour("--series-" + (index % DASHES.length));
      const values = chart.series[policy];
      const data =
        chart.form === "BARS" ? values : values.map(([x, y]) => ({ x, y }));
      return {
        label: policy,
        data,
        hidden: hidden.has(policy),
        borderColor: line,
        backgroundColor: line,
        borderWidth: chart.form === "BARS" ? 0 : 2,
        borderDash: DASHES[index % DASHES.length],
        pointRadius: chart.form !== "BARS" && data.length === 1 ? 4 : 0,
        pointHitRadius: 12,
      };
    });
  }

  function axis(title, more) {
    return {
      title: { display: title !== "", text: title, color: colour("--soft") },
      border: { color: colour("--line") },
      grid: { color: colour("--line") },
      ...more,
      ticks: { color: colour("--soft"), ...more.ticks },
    };
  }

  function scales(chart) {
    if (chart.form === "BARS") {
      return {
        x: axis(chart.across, { beginAtZero: true }),
        y: axis("", {
          grid: { display: false },
          ticks: {
            autoSkip: false,
            callback(value) {
              return short(chart.labels[value]);
            },
          },
        }),
      };
    }
    const share = chart.across.endsWith("%");
    const log = chart.form === "LOG_LINES";
    return {
      x: axis(chart.across, {
        type: "linear",
        min: 0,
        max: share ? 100 : undefined,
        suggestedMax: share ? undefined : longest,
        ticks: { maxRotation: 0, maxTicksLimit: 7 },
      }),
      y: axis(chart.up, {
        type: log ? "logarithmic" : "linear",
        beginAtZero: !log,
        ...(chart.up.startsWith("Jain") ? { max: 1 } : {}),
        ticks: log
          ? {
              callback: (value) => (round(value) ? number(value) : ""),
            }
          : {},
      }),
    };
  }

  function draw(chart) {
    const bars = chart.form === "BARS";
    return new Chart(document.getElementById(chart.id), {
      type: bars ? "bar" : "line",
      data: { labels: bars ? chart.labels : undefined, datasets: datasets(chart) },
      options: {
        animation: false,
        responsive: true,
        maintainAspectRatio: false,
        normalized: true,
        indexAxis: bars ? "y" : "x",
        interaction: { mode: bars ? "index" : "x", axis: bars ? "y" : "x", intersect: false },
        scales: scales(chart),
        plugins: {
          legend: { display: false },
          tooltip: {
            mode: "nearest",
            callbacks: {
              title: (items) =>
                items.length === 0
                  ? ""
                  : bars
                    ? items[0].label
                    : chart.across.replace(/,? ?(in chunks|%)$/, "") + ": " + number(items[0].parsed.x),
              label: (item) =>
                " " + item.dataset.label + ": " + number(bars ? item.parsed.x : item.parsed.y),
            },
          },
        },
      },
    });
  }

  function drawAll() {
    drawn.splice(0).forEach((chart) => chart.destroy());
    charts.forEach((chart) => drawn.push(draw(chart)));
    document.querySelectorAll("#legend line").forEach((line, index) => {
      line.setAttribute("stroke", colour("--series-" + (index % DASHES.length)));
    });
    document.documentElement.dataset.drawn = String(drawn.length);
  }

  function swatch(index) {
    const space = "http://www.w3.org/2000/svg";
    const picture = document.createElementNS(space, "svg");
    picture.setAttribute("viewBox", "0 0 30 10");
    picture.setAttribute("aria-hidden", "true");
    const line = document.createElementNS(space, "line");
    for (const [name, value] of Object.entries({ x1: 0, x2: 30, y1: 5, y2: 5, "stroke-width": 4 })) {
      line.setAttribute(name, value);
    }
    line.setAttribute("stroke-dasharray", DASHES[index % DASHES.length].join(" "));
    picture.append(line);
    return picture;
  }

  function legend() {
    policies.forEach((policy, index) => {
      const button = document.createElement("button");
      button.type = "button";
      button.setAttribute("aria-pressed", "true");
      button.append(swatch(index), policy);
      button.addEventListener("click", () => {
        const gone = hidden.delete(policy) ? false : Boolean(hidden.add(policy));
        button.setAttribute("aria-pressed", String(!gone));
        drawn.forEach((chart) => chart.setDatasetVisibility(index, !gone) ?? chart.update());
      });
      document.getElementById("legend").append(button);
    });
  }

  try {
    Chart.defaults.font.family = getComputedStyle(document.body).fontFamily;
    legend();
    drawAll();
    window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", drawAll);
  } catch (error) {
    trouble.hidden = false;
    trouble.textContent = "The charts could not be drawn: " + error.message;
    throw error;
  }
})();
