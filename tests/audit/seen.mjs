// What is asked inside a page. Each function is sent to the browser as text, so none of them may use another.
// Those that find something answer with [rule, where, said] for each.

// The words of a page's main part, line by line as they are shown; what a script may write over is
// left out, wherever it stands, and buttons, the field of a search and the tool that checks files, since they do nothing without one.
export function linesOf() {
  const LIVE = "[role=status], [role=alert], [aria-live], [data-then], [data-before], [data-age], button, .search, #checker, #claimer";
  const main = document.querySelector("main") ?? document.body;
  const live = new Set([...main.querySelectorAll(LIVE)].flatMap((one) => one.innerText.split("\n")));
  const flat = (line) => line.replace(/\s+/g, " ").trim();
  return main.innerText.split("\n").filter((line) => !live.has(line)).map(flat).filter(Boolean);
}

// The addresses that were asked for once the page was there: what checks an award begins then. Fonts belong to the page at all times.
export function askedLater() {
  const { loadEventStart } = performance.getEntriesByType("navigation")[0];
  const resources = performance.getEntriesByType("resource");
  return resources.filter((one) => one.startTime >= loadEventStart && one.initiatorType !== "css").map((one) => one.name);
}

// How far the page's parts moved while it was loading and a moment after it was first seen, as Layout Instability counts it.
export async function shifted() {
  const moves = [];
  const observer = new PerformanceObserver((list) => moves.push(...list.getEntries()));
  observer.observe({ type: "layout-shift", buffered: true });
  const seen = new Promise((done) => new PerformanceObserver(done).observe({ type: "paint", buffered: true }));
  await Promise.race([seen, new Promise((done) => setTimeout(done, 2000))]);
  await new Promise((done) => setTimeout(done, 100));
  await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
  return [...moves, ...observer.takeRecords()].filter((one) => !one.hadRecentInput).reduce((sum, one) => sum + one.value, 0);
}

// A page that is wider than its window, and the innermost parts that make it so.
export function sideways() {
  const room = document.documentElement.clientWidth;
  if (document.scrollingElement.scrollWidth <= room) return [];
  const out = (part) => {
    const box = part.getBoundingClientRect();
    return box.width > 0 && (box.right > room + 1 || box.left < -1);
  };
  const wide = [...document.body.querySelectorAll("*:not(.skip)")].filter(out);
  const inner = wide.filter((part) => ![...part.children].some(out)).slice(0, 3);
  const name = (part) => `${part.tagName.toLowerCase()}${part.id ? `#${part.id}` : ""}${[...part.classList].map((one) => `.${one}`).join("")}`;
  const said = `${document.scrollingElement.scrollWidth} px in a window of ${room} px`;
  return inner.length ? inner.map((part) => ["sideways", name(part), said]) : [["sideways", "html", said]];
}

// Words that stand outside the window where no scrolling reaches them.
export function cutOff() {
  const room = document.documentElement.clientWidth;
  const found = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const parent = node.parentElement;
    if (!node.data.trim() || parent.closest("script, style, template, noscript, .skip") || !parent.checkVisibility()) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    const boxes = [...range.getClientRects()].filter((box) => box.width > 1);
    if (!boxes.some((box) => box.right > room + 1 || box.left < -1)) continue;
    let scrolls = false;
    for (let above = parent; above && !scrolls; above = above.parentElement) {
      scrolls = /auto|scroll/.test(getComputedStyle(above).overflowX) && above.scrollWidth > above.clientWidth;
    }
    const name = `${parent.tagName.toLowerCase()}${[...parent.classList].map((one) => `.${one}`).join("")}`;
    if (!scrolls) found.push(["cut-off", name, `"${node.data.trim().slice(0, 40)}" reaches outside the window`]);
  }
  return found;
}

// Boxes that hide a part of their own words. Those of one pixel are meant for ears only.
export function clipped() {
  const found = [];
  for (const part of document.body.querySelectorAll("*")) {
    if (!part.innerText?.trim() || part.clientWidth <= 1 || part.clientHeight <= 1) continue;
    const style = getComputedStyle(part);
    const hides = (axis, inner, room) => /hidden|clip/.test(style[axis]) && inner > room + 1;
    const name = `${part.tagName.toLowerCase()}${part.id ? `#${part.id}` : ""}${[...part.classList].map((one) => `.${one}`).join("")}`;
    if (hides("overflowY", part.scrollHeight, part.clientHeight)) found.push(["clipped", name, `${part.scrollHeight} px of words in ${part.clientHeight} px`]);
    else if (hides("overflowX", part.scrollWidth, part.clientWidth)) found.push(["clipped", name, `${part.scrollWidth} px of words in ${part.clientWidth} px`]);
  }
  return found;
}

// Letters, words and lines as far apart as WCAG 1.4.12 allows a reader to put them; a sheet made here is no inline style.
export function withSpacing() {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(
    "* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important } p { margin-block-end: 2em !important }",
  );
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
}
