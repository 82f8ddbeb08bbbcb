/* Keeps “today”, “now”, “over” and counted days right while a page is read, by the clock of each place. */
(() => {
  const DAY = 864e5;
  const page = document.body.dataset;
  const all = (selector, act) => document.querySelectorAll(selector).forEach(act);
  const format = (zone, options) => new Intl.DateTimeFormat("sv", { timeZone: zone, ...options });
  const zone = (element) => element.closest("[data-zone]").dataset.zone;
  const days = (from, to) => Math.round((Date.parse(to) - Date.parse(from)) / DAY);

  const hold = () => {
    const now = Date.now();
    const today = (element) => format(zone(element)).format(now);
    const past = (instant) => Date.parse(instant) <= now;
    const show = (element, yes) => { if (element) element.hidden = !yes; };

    all("[data-until]", (bar) => show(bar, !past(bar.dataset.until)));

    all("[data-over]", (one) => {
      const ended = past(one.dataset.over);
      const on = !ended && past(one.dataset.start);
      one.classList.toggle("is-over", ended);
      show(one.querySelector(".now"), on);
      show(one.querySelector(".over"), ended);
    });

    all("[data-days]", (board) => {
      const all = [...board.querySelectorAll("[data-last]")];
      const next = all.find((day) => !past(day.dataset.last)) || all.at(-1);
      all.forEach((day) => show(day, day === next));
    });

    // “Today”, “tomorrow”, or what else stands for a day.
    all("[data-day]", (word) => {
      const away = days(today(word), word.dataset.day);
      const { now: on, next, other } = word.dataset;
      const ended = past(word.closest("[data-last]")?.dataset.last);
      const begun = away < 0 && other === undefined;
      word.textContent = !away || (begun && !ended) ? on : begun ? "" : (away === 1 && next) || (other ?? next);
    });
    // A week that is past stays as it was built.
    const away = (cell) => days(today(cell), cell.dataset.date);
    const week = [...document.querySelectorAll("[data-date]")];
    if (week[0] && away(week.at(-1)) >= 0) week.forEach((cell) => { cell.dataset.away = away(cell); });

    // While the page is not so old that something else may hold.
    if (now - Date.parse(page.asOf) < 14 * DAY) {
      all("[data-from]", (count) => {
        count.textContent = count.dataset.text.replace("{n}", days(count.dataset.from, today(count)) + 1);
      });
      all("[data-ago]", (count) => {
        const away = days(today(count), count.dataset.ago);
        if (away === +count.dataset.n) return;
        count.dataset.n = away;
        const words = new Intl.RelativeTimeFormat(document.documentElement.lang, { numeric: "auto" });
        count.textContent = words.format(away, "day");
      });
    }

    const clock = { dateStyle: "short", timeStyle: "short" };
    all("[data-elsewhere]", (note) => {
      show(note, format(zone(note), clock).format(now) !== format(undefined, clock).format(now));
    });
  };
  hold();
  setInterval(hold, 30000);
})();
