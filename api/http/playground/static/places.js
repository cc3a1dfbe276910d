// Where boxes stand and how the ways between them run: of one type with its neighbours, or of all types.
import { Graph, layout } from './vendor/dagre.js';

export const [ROW, TITLE, PADDING] = [18, 30, 8];
const [WIDE, NARROW, LOW, GAP, AWAY] = [300, 230, 34, 12, 110];
const SHORTEST = 12;

/** Return the ways between types as [{ from, to, kind }], each once. */
export function ways(types) {
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

/** Return the names of the types that a type leads to, and of those that lead to it alone, in the order of their fields. */
export function neighbours(name, lines) {
  const to = lines.filter((line) => line.from === name).map((line) => line.to);
  const from = lines.filter((line) => line.to === name && !to.includes(line.from)).map((line) => line.from);
  return { to, from };
}

function tall(type) {
  return TITLE + type.rows.length * ROW + PADDING;
}

/** Return { boxes: name -> { x, y, width, height, whole }, paths: [{ from, to, kind, d }], frame } of a type and its neighbours. */
export function around(type, lines) {
  const height = tall(type);
  const boxes = new Map([[type.name, { x: -WIDE / 2, y: 0, width: WIDE, height, whole: true }]]);
  const { to, from } = neighbours(type.name, lines);
  const most = Math.max(SHORTEST, Math.floor(height / (LOW + GAP)));
  const column = (names, left) => {
    names.forEach((name, index) => {
      const rows = Math.min(names.length, most);
      const x = left(Math.floor(index / most) * (NARROW + GAP));
      const y = height / 2 - (rows * (LOW + GAP) - GAP) / 2 + (index % most) * (LOW + GAP);
      boxes.set(name, { x, y, width: NARROW, height: LOW, whole: false });
    });
  };
  column(to, (step) => WIDE / 2 + AWAY + step);
  column(from, (step) => -WIDE / 2 - AWAY - NARROW - step);
  const own = lines.filter((line) => line.from === type.name || from.includes(line.from) && line.to === type.name);
  return { boxes, paths: own.map((line) => ({ ...line, d: curve(type, line, boxes) })), frame: frame(boxes) };
}

function curve(type, { from, to }, boxes) {
  const [start, end] = [boxes.get(from), boxes.get(to)];
  const row = type.rows.findIndex((each) => each.leads === to || each.given.includes(to));
  const y1 = from === type.name ? start.y + (row < 0 ? TITLE / 2 : TITLE + 9 + row * ROW) : start.y + start.height / 2;
  const y2 = to === type.name ? end.y + TITLE / 2 : end.y + end.height / 2;
  const [x1, x2] = [start.x + start.width, end.x];
  return `M${x1} ${y1}C${x1 + AWAY / 2} ${y1} ${x2 - AWAY / 2} ${y2} ${x2} ${y2}`;
}

/** Return the same of all types. */
export function everywhere(types, lines) {
  const graph = new Graph();
  graph.setGraph({ rankdir: 'LR', nodesep: 26, ranksep: 130 });
  graph.setDefaultEdgeLabel(() => ({}));
  for (const type of types) graph.setNode(type.name, { width: WIDE, height: tall(type) });
  for (const { from, to } of lines) graph.setEdge(from, to);
  layout(graph);
  const boxes = new Map(types.map(({ name }) => {
    const { x, y, width, height } = graph.node(name);
    return [name, { x: x - width / 2, y: y - height / 2, width, height, whole: true }];
  }));
  const through = ({ points }) => points.map(({ x, y }, index) => `${index ? 'L' : 'M'}${x} ${y}`).join('');
  return { boxes, paths: lines.map((line) => ({ ...line, d: through(graph.edge(line.from, line.to)) })), frame: frame(boxes) };
}

function frame(boxes) {
  const all = [...boxes.values()];
  const x = Math.min(...all.map((box) => box.x)) - GAP * 2;
  const y = Math.min(...all.map((box) => box.y)) - GAP * 2;
  const right = Math.max(...all.map((box) => box.x + box.width)) + GAP * 2;
  const below = Math.max(...all.map((box) => box.y + box.height)) + GAP * 2;
  return { x, y, width: right - x, height: below - y };
}
