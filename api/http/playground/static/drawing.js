// Draws types as boxes and the ways between them as lines, and moves the view over them.
import { around, everywhere, ROW, TITLE } from './places.js';

const SVG = 'http://www.w3.org/2000/svg';
const LEGIBLE = 0.8;
const [LETTER, SIGN] = [8.6, 7.4]; // as wide as one of a name, and of a row

function element(name, attributes, ...children) {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

function box(type, { x, y, width, height, whole }) {
  const rows = whole ? type.rows : [];
  return element(
    'g',
    { class: `type ${type.kind}`, 'data-type': type.name, transform: `translate(${x} ${y})` },
    element('rect', { class: 'frame', width, height, rx: 8 }),
    element('text', { class: 'title', x: 12, y: 21 }, cut(`${type.name}${type.kind === 'object' ? '' : ` · ${type.kind}`}`, (width - 24) / LETTER)),
    ...rows.map((row, index) => {
      const shown = element('tspan', row.leads ? { class: 'leads' } : {}, cut(row.type, (width - 24) / SIGN - row.name.length - 2));
      return element('text', { class: 'row', x: 12, y: TITLE + 13 + index * ROW }, row.type ? `${row.name}: ` : row.name, shown);
    }),
  );
}

function cut(text, length) {
  return text.length > length ? `${text.slice(0, Math.max(1, length - 1))}…` : text;
}

function markers() {
  const head = element('path', { class: 'head', d: 'M0 0L8 4L0 8Z' });
  const marker = { id: 'head', viewBox: '0 0 8 8', refX: 8, refY: 4, markerWidth: 7, markerHeight: 7, orient: 'auto' };
  return element('defs', {}, element('marker', marker, head));
}

/** Draw into an svg element; return what chooses a type, with its neighbours or in the whole, and what moves the view. */
export function draw(svg, types, lines) {
  const byName = new Map(types.map((type) => [type.name, type]));
  const view = viewed(svg);

  function show({ boxes, paths }) {
    svg.replaceChildren(
      markers(),
      ...paths.map(({ from, to, kind, d }) => element('path', { class: `way ${kind}`, d, 'data-from': from, 'data-to': to, 'marker-end': 'url(#head)' })),
      ...[...boxes].map(([name, place]) => box(byName.get(name), place)),
    );
  }

  function choose(name) {
    const placed = around(byName.get(name), lines);
    show(placed);
    svg.querySelector(`[data-type="${name}"]`).classList.add('chosen');
    for (const way of svg.querySelectorAll('.way')) way.classList.add('chosen');
    view.fit(placed.frame, placed.boxes.get(name));
  }

  function everything() {
    const placed = everywhere(types, lines);
    show(placed);
    view.look(placed.frame);
  }

  return { ...view, choose, everything };
}

function viewed(svg) {
  let seen;
  const look = (at) => {
    seen = at;
    svg.setAttribute('viewBox', `${at.x} ${at.y} ${at.width} ${at.height}`);
  };
  const zoom = (factor, x = seen.x + seen.width / 2, y = seen.y + seen.height / 2) =>
    look({
      x: x - (x - seen.x) * factor,
      y: y - (y - seen.y) * factor,
      width: seen.width * factor,
      height: seen.height * factor,
    });
  const move = (x, y) => look({ ...seen, x: seen.x + x, y: seen.y + y });
  const unit = () => 1 / svg.getScreenCTM().a;
  const point = (event) => new DOMPoint(event.clientX, event.clientY).matrixTransform(svg.getScreenCTM().inverse());

  /** Show a frame whole where it is legible then, else its middle box from the top. */
  function fit(frame, middle) {
    const { clientWidth, clientHeight } = svg;
    const scale = Math.min(1, clientWidth / frame.width, clientHeight / frame.height);
    if (scale >= LEGIBLE) {
      const [width, height] = [clientWidth / scale, clientHeight / scale];
      look({ x: frame.x + (frame.width - width) / 2, y: frame.y + (frame.height - height) / 2, width, height });
      return;
    }
    const [width, height] = [clientWidth / LEGIBLE, clientHeight / LEGIBLE];
    const fits = middle.height + 40 < height;
    look({ x: middle.x + (middle.width - width) / 2, y: fits ? middle.y + (middle.height - height) / 2 : middle.y - 20, width, height });
  }

  return { look, zoom, move, unit, point, fit };
}
