// Controls under three tables: how selection makes a survey, how many people a trial needs, what is left next morning.
// The numbers come from the last column of each table, the formulas from src/kratom, to which tests/site holds them.
(() => {
  const bisect = (f, low, high) => {
    const below = f(low) < 0;
    for (let step = 0; step < 200; step += 1) {
      const middle = (low + high) / 2;
      if (f(middle) < 0 === below) low = middle; else high = middle;
    }
    return (low + high) / 2;
  };

  // The share that a survey shows, by Bayes' theorem: selection.py, shown.
  const shown = (share, ratio) => {
    const odds = share / (1 - share) * ratio;
    return odds / (1 + odds);
  };

  // People per arm by the normal approximation: trial_size.py, approximate_per_arm.
  const density = (x) => Math.exp(-x * x / 2) / Math.sqrt(2 * Math.PI);
  const below = (x) => {
    let sum = x;
    for (let odd = 3, term = x; odd < 200; odd += 2) sum += term *= x * x / odd;
    return 0.5 + density(x) * sum;
  };
  const quantile = (share) => bisect((x) => below(x) - share, -6, 6);
  const perArm = (effect, power, leaving) => {
    const alpha = quantile(0.975);
    return (2 * ((alpha + quantile(power)) / effect) ** 2 + alpha ** 2 / 4) / (1 - leaving);
  };

  // Two compartments with half of the largest slow share: model.py, calibrated, and compartments.py, concentration.
  const absorbed = (rate, ka, t) => {
    const x = Math.abs(ka - rate) * t;
    return t * Math.exp(-Math.min(rate, ka) * t) * (x > 1e-12 ? -Math.expm1(-x) / x : 1);
  };
  const left = (hours, halfLife, { peak, time, area }) => {
    const rate = Math.LN2 / halfLife;
    const only = (size, k) => size * k * Math.exp(-k * time);
    const steepest = area / (Math.E * time);
    const slow = 0.5 * (steepest - peak) / (steepest - only(area, rate));
    const alpha = bisect((k) => only((1 - slow) * area, k) + slow * only(area, rate) - peak, rate, 1 / time);
    const level = (ka, t) =>
      ka * ((1 - slow) * area * alpha * absorbed(alpha, ka, t) + slow * area * rate * absorbed(rate, ka, t));
    const ka = bisect((k) => level(k, time) - peak, 1e-3 / time, 100 / time);
    return level(ka, hours) / peak;
  };

  const numbers = (box) => [...box.querySelectorAll("tbody tr")].map((row) =>
    Number((row.cells[row.cells.length - 1].textContent.match(/[\d.,]+/) ?? ["NaN"])[0].replace(/,/g, "")));

  const explorables = {
    "explore-survey": (given) => ({
      controls: [
        { label: "Satisfied, of 100 who tried", low: 1, high: 99, value: given[1] },
        { label: "Satisfied people are likelier to answer, times", low: -6, high: 8, step: 0.05, value: 0, turn: (x) => 2 ** x },
      ],
      say: (share, ratio) => `The survey shows ${Math.round(100 * shown(share / 100, ratio))} satisfied of 100.`,
      bar: (share, ratio) => [shown(share / 100, ratio), ...given.map((one) => one / 100)],
    }),
    "explore-trial": (given) => ({
      controls: [
        { label: "Effect to find, in standard deviations", low: 0.1, high: 1.2, step: 0.01, value: Math.round(50 * given[0]) / 100 },
        { label: "Leave before the end, of 100", low: 0, high: 60, value: 25 },
        { label: "Chance to find the effect if it is there, of 100", low: 50, high: 99, value: given[1] },
      ],
      say: (effect, leaving, power) => {
        const people = Math.ceil(perArm(effect, power / 100, leaving / 100));
        return `The trial needs about ${people.toLocaleString("en")} people in each arm.`;
      },
    }),
    "explore-morning": ([peak, time, area, shortest, longest]) => ({
      controls: [
        { label: "Hours after the cup", low: Math.ceil(time), high: 48, value: 8 },
        { label: "Half-life, in hours", low: shortest, high: longest, step: 0.5, value: (shortest + longest) / 2 },
      ],
      say: (hours, halfLife) => `About ${(100 * left(hours, halfLife, { peak, time, area })).toPrecision(2)}% of the peak is left.`,
      bar: (hours, halfLife) => [left(hours, halfLife, { peak, time, area })],
    }),
  };

  const make = (name, parts = {}, style = "") => Object.assign(document.createElement(name), parts, style && { style });
  const build = (box, { controls, say, bar }) => {
    const form = make("form", {}, "margin-block: 1rem");
    const told = make("output", {}, "display: block; font-weight: 600");
    const track = make("div", { ariaHidden: "true" }, "position: relative; height: 1.5rem; border: 1px solid; margin-block: .5rem");
    const inputs = controls.map(({ label, low, high, step = 1, value }) => {
      const input = make("input", { type: "range", min: low, max: high, step, value }, "display: block; inline-size: 100%; block-size: 2.75rem");
      const line = make("label", {}, "display: block");
      const count = make("span");
      line.append(`${label}: `, count, input);
      form.append(line);
      return { input, count };
    });
    form.append(told, ...(bar ? [track] : []));
    const update = () => {
      const values = inputs.map(({ input }, at) => (controls[at].turn ?? ((x) => x))(Number(input.value)));
      inputs.forEach(({ input, count }, at) => {
        const value = values[at];
        count.textContent = input.ariaValueText = Number(value.toPrecision(3)).toLocaleString("en");
      });
      told.textContent = say(...values);
      const [filled, ...marks] = bar?.(...values) ?? [];
      track.replaceChildren(make("div", {}, `position: absolute; inset: 0 auto 0 0; width: ${100 * filled}%; background: currentColor; opacity: .4`),
        ...marks.map((mark) => make("div", {}, `position: absolute; inset-block: 0; left: ${100 * mark}%; border-left: 3px solid`)));
    };
    form.addEventListener("input", update);
    form.addEventListener("submit", (event) => event.preventDefault());
    box.append(form);
    update();
  };

  for (const [id, of] of Object.entries(explorables)) {
    const box = document.getElementById(id);
    const given = box ? numbers(box) : [NaN];
    if (given.every(Number.isFinite)) build(box, of(given));
  }
  window.explore = { shown, perArm, left };
})();
