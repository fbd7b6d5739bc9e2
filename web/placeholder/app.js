// The page that needs no build: what is there and what runs, asked of the API.
const query = `{
  system { temporalUrl }
  devices(first: 100) { nodes { id name online simulated lastSeen rig { name } } }
  runs(first: 20) { nodes { id protocolName status error createdAt temporalUrl subject { name } } }
}`;
const reasons = {
  expired: 'This link was used before, or is too old.',
  failed: 'This token is not valid.',
  limited: 'Too many wrong tokens. Try again in a minute.',
  unavailable: 'The database cannot be reached. Try again in a moment.',
};
const $ = (id) => document.getElementById(id);
const when = (t) => (t ? new Date(t).toLocaleString() : 'never');

function link(text, href) {
  const a = document.createElement('a');
  a.textContent = text;
  a.href = href;
  return a;
}

function row(...cells) {
  const tr = document.createElement('tr');
  for (const c of cells) {
    const td = document.createElement('td');
    td.append(...[c].flat());
    tr.append(td);
  }
  return tr;
}

function show(data) {
  $('devices').replaceChildren(...data.devices.nodes.map((d) =>
    row(d.name, (d.online ? 'online' : 'offline') + (d.simulated ? ', simulated' : ''), d.rig?.name ?? '', when(d.lastSeen))));
  $('runs').replaceChildren(...data.runs.nodes.map((r) => row(
    r.temporalUrl ? link(r.protocolName, r.temporalUrl) : r.protocolName,
    r.status + (r.error ? ': ' + r.error : ''), r.subject?.name ?? '', when(r.createdAt),
    ['tsv', 'csv', 'json'].flatMap((f) => [link(f, `/api/v1/runs/${r.id}/export?format=${f}`), ' ']))));
  if (data.system.temporalUrl) {
    $('temporal').href = data.system.temporalUrl;
    $('temporal').hidden = false;
  }
}

async function load() {
  const res = await fetch('/graphql', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ query }),
  });
  const reason = reasons[new URLSearchParams(location.search).get('login')] ?? '';
  $('login').hidden = res.status !== 401;
  $('lab').hidden = !res.ok;
  if (res.status === 401) {
    $('message').textContent = reason;
    return;
  }
  const { data, errors } = await res.json();
  $('message').textContent = errors?.map((e) => e.message).join(' ') ?? '';
  if (data) show(data);
  setTimeout(load, 5000);
}

load().catch(() => {
  $('message').textContent = 'The server does not answer.';
  setTimeout(() => location.reload(), 5000);
});
