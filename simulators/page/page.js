/* global document, fetch, FormData, setTimeout, URLSearchParams, window */
const REFRESH_MS = 1_500;
const SHOWN = 200;

const SYSTEMS = {
  twilio: 'SMS gateway 短信',
  smtp: 'Mail server 邮件',
  'marriage-register': 'Marriage register 婚姻登记',
  'household-register': 'Household register 户籍',
};

const TONE = {
  delivered: 'good',
  received: 'good',
  undelivered: 'bad',
  failed: 'bad',
  queued: 'wait',
  sent: 'wait',
};

const byId = (id) => document.getElementById(id);
let lastShown = '';
let seen;

/** An element with properties and children; text is always set as text. */
function element(tag, properties = {}, ...children) {
  const node = Object.assign(document.createElement(tag), properties);
  node.append(...children);
  return node;
}

async function call(path, method = 'GET', body = undefined) {
  const response = await fetch(path, {
    method,
    ...(body && { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
  });
  if (response.status === 204) return undefined;
  const answer = await response.json();
  if (!response.ok) throw new Error(answer.error ?? response.statusText);
  return answer;
}

function clock(iso) {
  const at = new Date(iso);
  const today = new Date().toDateString() === at.toDateString();
  const time = at.toLocaleTimeString('en-GB');
  return today ? time : `${at.toLocaleDateString('en-CA')} ${time}`;
}

function facts(message) {
  const line = element('p', { className: 'facts' });
  if (message.channel === 'sms') {
    line.append(element('span', {}, message.segments === 1 ? '1 part' : `${message.segments} parts`));
    line.append(element('span', {}, `${message.text.length} units`));
    if (message.errorCode) line.append(element('span', {}, `error ${message.errorCode}`));
    if (message.callbacks.length > 0) {
      const reports = message.callbacks.map(({ status, answer }) => `${status} ${answer}`).join(' · ');
      line.append(element('span', { title: message.statusCallback ?? '' }, `reports: ${reports}`));
    }
  } else {
    line.append(element('span', {}, `from ${message.from}`));
  }
  line.append(element('code', {}, message.id));
  return line;
}

function card(message) {
  const fresh = seen !== undefined && !seen.has(message.key);
  const channel = message.channel === 'sms' ? 'SMS' : 'E-mail';
  return element(
    'article',
    { className: fresh ? 'message fresh' : 'message' },
    element(
      'div',
      { className: 'head' },
      element('span', { className: 'tag' }, channel),
      element('span', { className: 'to' }, message.to),
      element('span', { className: `tag ${TONE[message.status] ?? ''}` }, message.status),
      element('time', { dateTime: message.receivedAt }, clock(message.receivedAt)),
    ),
    ...(message.channel === 'email' ? [element('h3', {}, message.subject)] : []),
    element('p', { className: 'text' }, message.text),
    facts(message),
  );
}

async function showMessages() {
  const query = new URLSearchParams({ limit: String(SHOWN) });
  for (const [name, value] of new FormData(byId('filters'))) if (value) query.set(name, value);
  const { version, total, received, messages } = await call(`/messages?${query}`);
  const shown = `${version} ${query}`;
  if (shown === lastShown) return;
  lastShown = shown;
  byId('count').textContent = total === received ? String(total) : `${total} of ${received}`;
  const rest =
    total > SHOWN ? [element('p', { className: 'empty' }, `${total - SHOWN} older ones are not shown.`)] : [];
  const none = element(
    'p',
    { className: 'empty' },
    received === 0 ? 'Nothing received yet.' : 'Nothing matches these filters.',
  );
  byId('messages').replaceChildren(...(messages.length > 0 ? [...messages.map(card), ...rest] : [none]));
  seen = new Set([...(seen ?? []), ...messages.map(({ key }) => key)]);
}

function faultState(fault) {
  if (fault.mode === 'none') return element('span', { className: 'tag good' }, 'healthy');
  return element('span', { className: 'tag bad' }, fault.left === undefined ? 'on' : `on × ${fault.left}`);
}

let lastFaults = '';
async function showFaults() {
  const { faults, modes } = await call('/faults');
  if (JSON.stringify(faults) === lastFaults) return;
  lastFaults = JSON.stringify(faults);
  const systems = Object.entries(modes).map(([target, names]) => {
    const switches = names.map((mode) => {
      const on = faults[target].mode === mode;
      const button = element(
        'button',
        { type: 'button', ariaPressed: String(on) },
        mode.replaceAll('-', ' '),
      );
      button.addEventListener('click', () => act(() => toggle(target, mode, on)));
      return button;
    });
    return element(
      'div',
      { className: 'system' },
      element('p', { className: 'name' }, SYSTEMS[target] ?? target, faultState(faults[target])),
      element('div', { className: 'switches' }, ...switches),
    );
  });
  byId('faults').replaceChildren(...systems);
}

async function toggle(target, mode, on) {
  const options = {};
  for (const [name, value] of new FormData(byId('fault-options')))
    if (value !== '') options[name] = Number(value);
  await call(`/faults/${target}`, 'PUT', on ? { mode: 'none' } : { mode, ...options });
}

let lastEntries = '';
async function showRegisters() {
  const { entries, statuses } = await call('/registers');
  fillStatuses(statuses);
  if (JSON.stringify(entries) === lastEntries) return;
  lastEntries = JSON.stringify(entries);
  const rows = entries.map(({ register, number, answer }) => {
    const remove = element(
      'button',
      { type: 'button', className: 'quiet danger', ariaLabel: `Remove ${number}` },
      '×',
    );
    remove.addEventListener('click', () =>
      act(() => call(`/registers/${register}/${encodeURIComponent(number)}`, 'DELETE')),
    );
    return element(
      'li',
      {},
      element('code', {}, number),
      element('span', { className: 'tag wait' }, answer.status),
      remove,
    );
  });
  byId('entries').replaceChildren(...rows);
}

let statusesFor = '';
function fillStatuses(statuses) {
  const form = byId('register-entry');
  const register = form.elements.register.value;
  if (statusesFor === register) return;
  statusesFor = register;
  form.elements.status.replaceChildren(
    ...statuses[register].map((status) => element('option', { value: status }, status)),
  );
  // The first answer is what the register says anyway.
  form.elements.status.selectedIndex = 1;
  form.elements.number.placeholder = register === 'marriage' ? 'Certificate number' : 'Identity number';
}

async function refresh() {
  try {
    await Promise.all([showMessages(), showFaults(), showRegisters()]);
    byId('pulse').classList.remove('lost');
    byId('pulse-text').textContent = `live · ${new Date().toLocaleTimeString('en-GB')}`;
  } catch {
    byId('pulse').classList.add('lost');
    byId('pulse-text').textContent = 'not reachable';
  }
}

async function act(action) {
  try {
    await action();
  } catch (error) {
    window.alert(error.message);
  }
  await refresh();
}

byId('filters').addEventListener('input', refresh);
byId('filters').addEventListener('submit', (event) => event.preventDefault());
byId('fault-options').addEventListener('submit', (event) => event.preventDefault());
byId('register-entry').elements.register.addEventListener('change', refresh);
byId('clear').addEventListener('click', () => {
  if (window.confirm('Forget every message received?')) act(() => call('/messages', 'DELETE'));
});
byId('faults-off').addEventListener('click', () => act(() => call('/faults', 'DELETE')));
byId('register-entry').addEventListener('submit', (event) => {
  event.preventDefault();
  const { register, status, number } = Object.fromEntries(new FormData(event.target));
  act(() => call(`/registers/${register}/${encodeURIComponent(number)}`, 'PUT', { status }));
  event.target.elements.number.value = '';
});

async function keepFresh() {
  if (!document.hidden) await refresh();
  setTimeout(keepFresh, REFRESH_MS);
}
void keepFresh();
