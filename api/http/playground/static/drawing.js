// Draws types as boxes and the ways between them as lines, and moves the view over them.
import { Graph, layout } from './vendor/dagre.js';

const [WIDTH, ROW, TITLE, PADDING] = [290, 18, 30, 8];
const SVG = 'http://www.w3.org/2000/svg';

function element(name, attributes, ...children) {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

function ways(types) {
  const found = new Map();
  const way = (from, to, kind) => from !== to && found.set(`${from}>${to}`, { from, to, kind });
  for (const type of types) {
    for (const row of type.rows) {
      for (const target of [row.leads, ...row.given]) if (target) way(type.name, target, 'leads');
    }
    // Nearly everything is a Node: lines to it would only hide the others.
    for (const name of type.interfaces) if (name !== 'Node') way(name, type.name, 'implements');
  }
  return [...found.values()];
}

function laidOut(types, lines) {
  const graph = new Graph();
  graph.setGraph({ rankdir: 'LR', nodesep: 26, ranksep: 130 });
  graph.setDefaultEdgeLabel(() => ({}));
  for (const type of types) graph.setNode(type.name, { width: WIDTH, height: TITLE + type.rows.length * ROW + PADDING });
  for (const { from, to } of lines) graph.setEdge(from, to);
  layout(graph);
  return graph;
}

function box(type, { x, y, width, height }) {
  const rows = type.rows.map((row, index) => {
    const shown = element('tspan', row.leads ? { class: 'leads' } : {}, cut(row.type, 36 - row.name.length));
    return element('text', { class: 'row', x: 12, y: TITLE + 13 + index * ROW }, row.type ? `${row.name}: ` : row.name, shown);
  });
  return element(
    'g',
    { class: `type ${type.kind}`, 'data-type': type.name, transform: `translate(${x - width / 2} ${y - height / 2})` },
    element('rect', { class: 'frame', width, height, rx: 8 }),
    element('text', { class: 'title', x: 12, y: 21 }, `${type.name}${type.kind === 'object' ? '' : ` · ${type.kind}`}`),
    ...rows,
  );
}

function cut(text, length) {
  return text.length > length ? `${text.slice(0, Math.max(1, length - 1))}…` : text;
}

function line(points, { from, to, kind }) {
  const path = points.map(({ x, y }, index) => `${index ? 'L' : 'M'}${x} ${y}`).join('');
  return element('path', { class: `way ${kind}`, d: path, 'data-from': from, 'data-to': to, 'marker-end': 'url(#head)' });
}

/** Draw into an empty svg element; return what moves the view and marks a type. */
export function draw(svg, types) {
  const lines = ways(types);
  const graph = laidOut(types, lines);
  const { width, height } = graph.graph();
  const head = element('path', { class: 'head', d: 'M0 0L8 4L0 8Z' });
  const marker = { id: 'head', viewBox: '0 0 8 8', refX: 8, refY: 4, markerWidth: 7, markerHeight: 7, orient: 'auto' };
  svg.append(element('defs', {}, element('marker', marker, head)));
  svg.append(...lines.map((each) => line(graph.edge(each.from, each.to).points, each)));
  svg.append(...types.map((type) => box(type, graph.node(type.name))));
  return view(svg, graph, { x: -40, y: -40, width: width + 80, height: height + 80 });
}

function view(svg, graph, whole) {
  let seen = { ...whole };
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

  function choose(name) {
    const { x, y } = graph.node(name);
    const { clientWidth, clientHeight } = svg;
    look({ x: x - clientWidth / 2, y: y - clientHeight / 2, width: clientWidth, height: clientHeight });
    svg.classList.add('dimmed');
    const beside = new Set();
    for (const way of svg.querySelectorAll('.way')) {
      const { from, to } = way.dataset;
      way.classList.toggle('chosen', from === name || to === name);
      if (from === name) beside.add(to);
      if (to === name) beside.add(from);
    }
    for (const type of svg.querySelectorAll('.type')) {
      type.classList.toggle('chosen', type.dataset.type === name);
      type.classList.toggle('beside', beside.has(type.dataset.type));
    }
  }

  look(whole);
  return { zoom, move, unit, point, choose, everything: () => look(whole) };
}
