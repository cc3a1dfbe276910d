// The types of an introspected schema as they are drawn: pages of a list are left out, a field leads to what is on them;
// what a type has from an interface is drawn there, and
// what goes by another name now is not drawn at all.

const KINDS = { OBJECT: 'object', INTERFACE: 'interface', ENUM: 'enum', INPUT_OBJECT: 'input' };
const PAGES = /(Connection|Edge)$|^PageInfo$/;

/** Return [{ name, kind, description, rows: [{ name, type, leads, description, args }], interfaces }] by name. */
export function drawnTypes(schema) {
  const byName = new Map(schema.types.map((type) => [type.name, type]));
  const drawn = schema.types.filter(({ name, kind }) => KINDS[kind] && !name.startsWith('__') && !PAGES.test(name));
  const names = new Set(drawn.map((type) => type.name));
  const interfaces = (type) => (type.interfaces ?? []).map((each) => each.name);
  return drawn.map((type) => {
    const had = new Set(interfaces(type).flatMap((name) => byName.get(name).fields.map((field) => field.name)));
    const own = (type.fields ?? type.inputFields ?? type.enumValues).filter((field) => !had.has(field.name) && !field.isDeprecated);
    return {
      name: type.name,
      kind: KINDS[type.kind],
      description: type.description,
      interfaces: interfaces(type),
      rows: own.map((field) => row(field, byName, names)),
    };
  });
}

function row(field, byName, names) {
  const args = (field.args ?? []).map((arg) => ({ name: arg.name, type: written(arg.type), description: arg.description }));
  const target = field.type && onPages(named(field.type), byName);
  const given = (field.args ?? []).map((arg) => named(arg.type)).filter((name) => names.has(name));
  return {
    name: field.name,
    type: field.type ? written(field.type) : '',
    leads: names.has(target) ? target : null,
    given,
    description: field.description,
    args,
  };
}

/** Return the type of the things on a page for the type of a connection, and any other name as it is. */
function onPages(name, byName) {
  if (!name.endsWith('Connection')) return name;
  const edge = byName.get(name).fields.find((field) => field.name === 'edges');
  return named(byName.get(named(edge.type)).fields.find((field) => field.name === 'node').type);
}

function named(type) {
  return type.ofType ? named(type.ofType) : type.name;
}

function written(type) {
  if (type.kind === 'NON_NULL') return `${written(type.ofType)}!`;
  return type.kind === 'LIST' ? `[${written(type.ofType)}]` : type.name;
}

/** Return [{ type, row }] for all that has every word, names before descriptions; `row` is null for a type itself. */
export function search(types, words) {
  const wanted = words.toLowerCase().split(/\s+/).filter(Boolean);
  if (!wanted.length) return [];
  const ranked = [];
  const consider = (type, row, name, more) => {
    const text = `${name} ${more}`.toLowerCase();
    if (!wanted.every((word) => text.includes(word))) return;
    const plain = name.toLowerCase();
    ranked.push({ type, row, rank: plain === wanted[0] ? 0 : wanted.every((word) => plain.includes(word)) ? 1 : 2 });
  };
  for (const type of types) {
    consider(type, null, type.name, type.description ?? '');
    for (const row of type.rows) {
      const args = row.args.map((arg) => `${arg.name} ${arg.description}`).join(' ');
      consider(type, row, row.name, `${type.name} ${row.type} ${row.description} ${args}`);
    }
  }
  return ranked.sort((one, other) => one.rank - other.rank);
}
