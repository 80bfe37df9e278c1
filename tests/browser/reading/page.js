// What stands on the page, in the order of the page: one object a block, with its texts, links and cells.
() => {
  const words = e => (e?.innerText || e?.textContent || '').replace(/[ \t]*\n[ \t\n]*/g, '\n').trim();
  const links = e => [...e.querySelectorAll('a')].map(a => ({text: words(a), address: a.getAttribute('href')}));
  const cell = c => {
    const own = (c.querySelector('div') ?? c).cloneNode(true);
    own.querySelector('.pair')?.remove();
    return {
      text: own.textContent.trim(), pair: c.querySelector('.pair')?.textContent ?? '',
      address: c.querySelector('a')?.getAttribute('href') ?? '', hint: c.title,
      is_dim: c.classList.contains('dim'), is_bad: c.querySelector('.bad') !== null,
    };
  };
  const readers = {
    cards: e => ({cards: [...e.querySelectorAll('.card')].map(c => (
      {spans: [...c.children].map(s => s.textContent), links: links(c)}))}),
    attention: e => ({items: [...e.querySelectorAll('li')].map(li => (
      {start: words(li.querySelector('b')), text: words(li), links: links(li)}))}),
    grid: e => ({heads: [...e.querySelectorAll('thead th')].map(h => h.textContent),
      rows: [...e.querySelectorAll('tbody tr')].map(r => [...r.children].map(cell))}),
    facts: e => ({pairs: [...e.querySelectorAll('dt')].map(dt => [words(dt), words(dt.nextElementSibling)])}),
    chart: e => ({
      labels: [...e.querySelectorAll('svg g.mark-text.role-axis-label text')].map(t => t.textContent),
      texts: [...e.querySelectorAll('svg g.mark-text.role-mark text')].map(t => t.textContent).filter(t => t),
      marks: [...e.querySelectorAll('svg [aria-roledescription]')]
        .map(m => [m.getAttribute('aria-roledescription'), m.getAttribute('aria-label') ?? ''])
        .filter(m => m[1] && m[0] !== 'axis'),
    }),
    frame: e => ({heads: [...e.querySelectorAll('table[role=grid] th')].map(h => h.textContent),
      count: Number(e.querySelector('table[role=grid]')?.getAttribute('aria-rowcount') ?? 1) - 1}),
  };
  const kinds = {
    '.sample': 'sample', '.status': 'status', '.message': 'message', '.heading': 'heading', '.notice': 'notice',
    '.note:not(.chips)': 'note', '.lead': 'lead', '.rule': 'rule', '.kpi': 'definition', '.crumbs': 'crumbs',
    '.cards': 'cards', '.attention': 'attention', '.chips': 'chips', '.quiet:not(.notice)': 'quiet',
    'table.grid': 'grid', 'dl.facts': 'facts', '[data-testid="stVegaLiteChart"]': 'chart',
    '[data-testid="stDataFrame"]': 'frame', '[data-testid="stDownloadButton"]': 'download',
    '.st-key-person [data-testid="stText"]': 'person',
    '.st-key-body [data-testid="stText"]': 'body',
  };
  const all = Object.keys(kinds);
  const blocks = [...document.querySelectorAll(all.join(','))].map(e => {
    const kind = kinds[all.find(each => e.matches(each))];
    return {kind, text: words(e), links: links(e), ...(readers[kind] ? readers[kind](e) : {})};
  });
  const boxes = [...document.querySelectorAll('[data-testid="stSelectbox"]')];
  return {
    blocks,
    text: document.querySelector('[data-testid="stMain"]')?.innerText ?? '',
    exceptions: document.querySelectorAll('[data-testid="stException"], [data-testid="stAlert"]').length,
    dialogs: [...document.querySelectorAll('[role=dialog]')].map(words),
    choices: Object.fromEntries(boxes.map(b => [words(b.querySelector('label')), b.querySelector('input').value])),
  };
}
