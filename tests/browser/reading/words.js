// Every word that a reader sees or hears: texts, names, hints, and what style sheets write before and after;
// not the table of checks, which names the tables and columns that it examined.
() => {
  const isShown = e => e.getClientRects().length > 0 && getComputedStyle(e).visibility !== 'hidden';
  const isRead = e => isShown(e) && parseFloat(getComputedStyle(e).fontSize) > 0;
  const names = ['aria-label', 'aria-description', 'aria-roledescription', 'placeholder', 'title', 'alt'];
  const ofChecks = [...document.querySelectorAll('table.grid')]
    .filter(t => t.querySelector('th:last-child')?.textContent === 'Số dòng đã xét');
  const found = [];
  for (const e of document.querySelectorAll('body *:not(script):not(style):not([data-testid="stIconMaterial"])')) {
    if (!isShown(e) || ofChecks.some(each => each.contains(e))) continue;
    for (const name of names) if (e.getAttribute(name)) found.push(e.getAttribute(name));
    for (const side of ['::before', '::after']) {
      const content = getComputedStyle(e, side).content;
      if (content.startsWith('"') && !content.startsWith('"attr')) found.push(content.slice(1, -1));
    }
    if (!isRead(e)) continue;
    for (const node of e.childNodes) if (node.nodeType === 3 && node.textContent.trim()) found.push(node.textContent);
  }
  return [...new Set(found)];
}
