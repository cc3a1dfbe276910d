// The page of the schema: draws it, finds in it, and describes what is chosen.
import { draw } from './drawing.js';
import { neighbours, ways } from './places.js';
import { drawnTypes, search } from './schema_types.js';

const MOST_FOUND = 40;
const [find, found, described, drawing, said] = ['find', 'found', 'described', 'drawing', 'said'].map((id) => document.getElementById(id));
const answer = await fetch('/playground/schema.json');
const types = drawnTypes((await answer.json()).__schema);
const byName = new Map(types.map((type) => [type.name, type]));
const lines = ways(types);
const view = draw(drawing, types, lines);

function made(name, text, className = '') {
  const element = document.createElement(name);
  element.textContent = text;
  element.className = className;
  return element;
}

/** Return a button that goes on to a type. */
function way(name, text = name) {
  const button = made('button', text, 'go');
  button.addEventListener('click', () => choose(byName.get(name)));
  return button;
}

function named(row, met) {
  const args = row.args.map((arg) => `${arg.name}: ${arg.type}`).join(', ');
  const name = made('dt', `${row.name}${args && `(${args})`}${row.type && ': '}`, row === met ? 'met' : '');
  name.append(row.leads ? way(row.leads, row.type) : row.type);
  return name;
}

function describe(type, met) {
  const list = document.createElement('dl');
  for (const row of type.rows) {
    list.append(named(row, met), made('dd', row.description));
    for (const arg of row.args) {
      const told = made('dd', ` ${arg.description}`, 'arg');
      told.prepend(made('code', arg.name));
      list.append(told);
    }
  }
  const also = type.interfaces.length ? [made('p', `Has all fields of ${type.interfaces.join(' and ')} besides:`)] : [];
  const { from } = neighbours(type.name, lines);
  const used = made('p', from.length ? 'Used by ' : '', 'used');
  used.append(...from.map((name) => way(name)));
  described.replaceChildren(made('h2', type.name), made('p', type.description), used, ...also, list);
  described.scrollTop = 0;
  list.querySelector('.met')?.scrollIntoView({ block: 'nearest' });
}

function choose(type, row = null) {
  view.choose(type.name);
  describe(type, row);
}

/** List what was found, or all types while nothing is sought. */
function list() {
  const sought = find.value.trim();
  const hits = sought ? search(types, sought) : types.map((type) => ({ type, row: null }));
  found.replaceChildren(
    ...hits.slice(0, sought ? MOST_FOUND : types.length).map(({ type, row }) => {
      const button = made('button', row ? `${type.name}.${row.name}` : type.name);
      button.addEventListener('click', () => choose(type, row));
      const item = document.createElement('li');
      item.append(button);
      return item;
    }),
  );
  said.textContent = sought ? `${hits.length} found` : `${types.length} types`;
}

find.addEventListener('input', list);
find.addEventListener('keydown', (event) => event.key === 'Enter' && found.querySelector('button')?.click());
document.getElementById('closer').addEventListener('click', () => view.zoom(0.75));
document.getElementById('farther').addEventListener('click', () => view.zoom(1.33));
document.getElementById('whole').addEventListener('click', view.everything);

drawing.addEventListener('wheel', (event) => {
  event.preventDefault();
  const { x, y } = view.point(event);
  view.zoom(event.deltaY > 0 ? 1.15 : 0.87, x, y);
}, { passive: false });

let moved = 0;
drawing.addEventListener('pointerdown', (event) => {
  moved = 0;
  if (event.button === 0) drawing.classList.add('held');
});
window.addEventListener('pointerup', () => drawing.classList.remove('held'));
window.addEventListener('pointermove', (event) => {
  if (!drawing.classList.contains('held')) return;
  moved += Math.abs(event.movementX) + Math.abs(event.movementY);
  view.move(-event.movementX * view.unit(), -event.movementY * view.unit());
});
drawing.addEventListener('click', (event) => {
  const box = event.target.closest('.type');
  if (box && moved < 5) choose(byName.get(box.dataset.type));
});

const STEPS = { ArrowLeft: [-60, 0], ArrowRight: [60, 0], ArrowUp: [0, -60], ArrowDown: [0, 60] };
drawing.addEventListener('keydown', (event) => {
  if (STEPS[event.key]) view.move(...STEPS[event.key].map((step) => step * view.unit()));
  else if (event.key === '+') view.zoom(0.75);
  else if (event.key === '-') view.zoom(1.33);
  else if (event.key === '0') view.everything();
  else return;
  event.preventDefault();
});

list();
choose(byName.get('Customer'));
