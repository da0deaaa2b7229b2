// What a script in a test sees of a page that is shown. Gives `look` to the page.
(() => {
  const shown = (e) => e.checkVisibility({ visibilityProperty: true, opacityProperty: true });
  const hiddenFromEyes = (e) => e.closest(".visually-hidden") !== null;
  const name = (e) =>
    `${e.tagName.toLowerCase()}${e.id ? "#" + e.id : ""}${
      e.getAttribute("class") ? "." + e.getAttribute("class").split(" ").join(".") : ""
    } “${(e.textContent || "").trim().slice(0, 40)}”`;

  const parsed = (colour) => {
    const numbers = colour.match(/[\d.]+/g).map(Number);
    return { rgb: numbers.slice(0, 3), alpha: numbers[3] ?? 1 };
  };
  const luminance = (rgb) => {
    const [r, g, b] = rgb.map((c) => {
      const s = c / 255;
      return s <= 0.04045 ? s / 12.92 : ((s + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const ratio = (one, other) => {
    const [low, high] = [luminance(one), luminance(other)].sort((a, b) => a - b);
    return (high + 0.05) / (low + 0.05);
  };
  const ground = (e) => {
    for (let at = e; at; at = at.parentElement) {
      const { rgb, alpha } = parsed(getComputedStyle(at).backgroundColor);
      if (alpha === 1) return rgb;
      if (alpha > 0) return null;
    }
    const dark = matchMedia("(prefers-color-scheme: dark)").matches;
    return dark ? [18, 18, 18] : [255, 255, 255];
  };
  const all = (where = "body *") => [...document.querySelectorAll(where)];
  const withText = () =>
    all().filter(
      (e) =>
        !e.closest("svg, script, style, noscript, option") &&
        [...e.childNodes].some((n) => n.nodeType === 3 && n.data.trim()),
    );
  const scrolls = (e) => {
    for (let at = e.parentElement; at && at !== document.body; at = at.parentElement) {
      if (["auto", "scroll"].includes(getComputedStyle(at).overflowX)) return true;
    }
    return false;
  };
  const clipped = (e) => {
    for (let at = e; at && at !== document.body; at = at.parentElement) {
      const style = getComputedStyle(at);
      if (style.clipPath !== "none") return true;
    }
    return false;
  };
  const ACTING =
    "a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex='0']";
  const acting = () => all(ACTING).filter((e) => shown(e) && !e.disabled);
  // On a page of a thousand links most are like the one before: some of each sort do.
  const sorts = () => {
    const times = {};
    return acting().filter((e) => {
      const parents = [e.parentElement, e.closest("section, header, footer")?.parentElement];
      const sort = [e, ...parents].map((p) => p && `${p.tagName}.${p.className}`).join(" ");
      times[sort] = (times[sort] ?? 0) + 1;
      return times[sort] <= 12;
    });
  };

  globalThis.look = {
    // Text whose colour stands out too little from what is behind it.
    faint() {
      const found = [];
      for (const e of withText()) {
        if (!shown(e) || hiddenFromEyes(e) || e.matches(":disabled")) continue;
        const style = getComputedStyle(e);
        const behind = ground(e);
        if (!behind) {
          found.push(`half seen through: ${name(e)}`);
          continue;
        }
        const size = parseFloat(style.fontSize);
        const large = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
        const got = ratio(parsed(style.color).rgb, behind);
        if (got < (large ? 3 : 4.5)) found.push(`${got.toFixed(2)}: ${name(e)}`);
      }
      return found;
    },
    // Whether the page itself can be moved sideways, and what sticks out.
    sideways() {
      const width = document.documentElement.clientWidth;
      const over = document.documentElement.scrollWidth - width;
      if (over <= 0) return [];
      const out = all()
        .filter((e) => shown(e) && !scrolls(e) && e.getBoundingClientRect().right > width + 1)
        .map(name);
      return [`${over} px too wide`, ...out.slice(-5)];
    },
    // Text that its own box cuts off.
    cut() {
      const found = [];
      for (const e of withText()) {
        if (!shown(e) || hiddenFromEyes(e) || clipped(e)) continue;
        const style = getComputedStyle(e);
        const hides = (way) => ["hidden", "clip"].includes(style[way]);
        if (hides("overflowX") && e.scrollWidth > e.clientWidth + 1) found.push(name(e));
        else if (hides("overflowY") && e.scrollHeight > e.clientHeight + 1) found.push(name(e));
        else if (style.textOverflow === "ellipsis") found.push(name(e));
        else if (!scrolls(e) && e.getBoundingClientRect().left < -1 && !e.matches(".skip")) {
          found.push(`left of the page: ${name(e)}`);
        }
      }
      return found;
    },
    // Letters smaller than twelve pixels, in pictures too.
    tiny() {
      return all()
        .filter((e) => [...e.childNodes].some((n) => n.nodeType === 3 && n.data.trim()))
        .filter((e) => shown(e) && !hiddenFromEyes(e) && !e.closest("script, style, title, desc"))
        .filter((e) => {
          const scale = e.ownerSVGElement ? e.getScreenCTM().a : 1;
          return parseFloat(getComputedStyle(e).fontSize) * scale < 11.99;
        })
        .map(name);
    },
    // Controls that are smaller than 24 by 24; links in running text are exempt.
    small() {
      return acting()
        .filter((e) => e.matches("button, input, select, textarea, summary, nav a, .brand"))
        .filter((e) => {
          const box = (e.matches("input[type=radio], input[type=checkbox]") && e.closest("label")
            ? e.closest("label")
            : e
          ).getBoundingClientRect();
          return box.width < 24 || box.height < 24;
        })
        .map(name);
    },
    // Each control takes the focus, shows it, and lies within the window then.
    unfocused() {
      const found = [];
      for (const e of sorts()) {
        e.focus({ focusVisible: true });
        if (document.activeElement !== e) {
          found.push(`takes no focus: ${name(e)}`);
          continue;
        }
        const style = getComputedStyle(e);
        if (style.outlineStyle === "none" || parseFloat(style.outlineWidth) < 2) {
          found.push(`focus not shown: ${name(e)}`);
        } else if (ratio(parsed(style.outlineColor).rgb, ground(e.parentElement) ?? [0, 0, 0]) < 3) {
          found.push(`focus too faint: ${name(e)}`);
        }
        const box = e.getBoundingClientRect();
        if (box.bottom <= 0 || box.top >= innerHeight || box.right <= 0 || box.left >= innerWidth) {
          found.push(`focus out of sight: ${name(e)}`);
          continue;
        }
        const x = Math.min(Math.max(box.left + 1, box.left + box.width / 2), innerWidth - 1);
        const y = Math.min(Math.max(box.top + Math.min(box.height / 2, 12), 0), innerHeight - 1);
        const top = document.elementFromPoint(Math.max(x, 0), y);
        const sticky = top && !e.contains(top) && !top.contains(e) &&
          ["fixed", "sticky"].includes(getComputedStyle(top).position);
        if (sticky && !top.matches("caption")) found.push(`focus covered: ${name(e)}`);
      }
      document.activeElement?.blur();
      scrollTo(0, 0);
      return found;
    },
    // Anything that moves by itself.
    moving() {
      return all()
        .filter((e) => {
          const style = getComputedStyle(e);
          const longest = (text) => Math.max(...text.split(",").map(parseFloat));
          return longest(style.transitionDuration) > 0.01 || longest(style.animationDuration) > 0.01;
        })
        .map(name);
    },
    structure() {
      const levels = all("h1, h2, h3, h4, h5, h6").filter(shown).map((e) => Number(e.tagName[1]));
      const count = (what) => document.querySelectorAll(what).length;
      return {
        levels,
        landmarks: ["header.masthead", "header nav", "main", "footer.pagefoot"].map(count),
        // Further ways about are told apart by their names.
        ways: all("nav").map((e) => e.getAttribute("aria-label")),
        title: document.title,
        h1: document.querySelector("h1").innerText.trim(),
        language: document.documentElement.lang,
        description: document.querySelector("meta[name=description]")?.content ?? "",
        schemes: document.querySelector("meta[name=color-scheme]")?.content ?? "",
      };
    },
    // What stays folded, or hidden, when the page is printed.
    unprinted() {
      // A form is left out of what is printed, with all that it folds.
      const folded = all("details:not(form *)").filter((d) => {
        const within = [...d.children].filter((e) => e.tagName !== "SUMMARY");
        return within.some((e) => e.textContent.trim() && !e.checkVisibility());
      });
      const left = all("nav, form, .skip").filter((e) => e.checkVisibility());
      return [...folded.map((e) => `folded: ${name(e)}`), ...left.map((e) => `left: ${name(e)}`)];
    },
    // Links to elsewhere whose address paper does not show.
    unaddressed() {
      return all("main a[href^=http]:not(.address)")
        .filter(shown)
        .filter((e) => !getComputedStyle(e, "::after").content.includes(e.getAttribute("href")))
        .map(name);
    },
    words() {
      return document.querySelector("main").innerText.split(/\s+/).length;
    },
    // Sheets made here are no inline style, so the policy lets them be.
    restyle(text) {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(text);
      document.adoptedStyleSheets = text ? [sheet] : [];
    },
  };
})();
