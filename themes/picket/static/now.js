/* Keeps “today”, “now”, “over” and counted days right while a page is read, by the clock of each place. Without it,
   all of them hold as of the moment that the page names. Nothing is loaded, kept or sent. */
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
    const over = (element) => Date.parse(element.dataset.over) <= now;
    const show = (element, yes) => { if (element) element.hidden = !yes; };

    all("[data-until]", (bar) => show(bar, Date.parse(bar.dataset.until) > now));

    // One shift or event, or several at the same hours.
    all("[data-over]", (one) => {
      const ended = over(one);
      const on = !ended && Date.parse(one.dataset.start) <= now;
      one.classList.toggle("is-over", ended);
      show(one.querySelector(".now"), on);
      show(one.querySelector(".over"), ended);
    });

    // Of several days, the first that is not over.
    all("[data-days]", (board) => {
      const boards = [...board.querySelectorAll("[data-last]")];
      const next = boards.find((day) => Date.parse(day.dataset.last) > now) || boards.at(-1);
      boards.forEach((day) => show(day, day === next));
    });

    // “Today”, “tomorrow”, or what else stands for a day.
    all("[data-day]", (word) => {
      const away = days(today(word), word.dataset.day);
      const { now: on, next, other } = word.dataset;
      word.textContent = away === 0 || (away < 0 && other === undefined) ? on : (away === 1 && next) || (other ?? next);
    });
    all("[data-date]", (cell) => { cell.dataset.away = days(today(cell), cell.dataset.date); });

    // Counted days, while the page is not so old that something else may hold.
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
