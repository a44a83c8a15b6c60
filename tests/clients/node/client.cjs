// Reads our exports with libraries from npm: one process for all requests. Each line of stdin is a
// request in JSON, [CLIENT, FILE, ARGUMENT]; each line of stdout is what it found, in JSON.
// KG_CLIENTS is the folder with node_modules.
const fs = require('node:fs');
const readline = require('node:readline');
const path = require('node:path');
const { createRequire } = require('node:module');
const { pathToFileURL } = require('node:url');

const folder = process.env.KG_CLIENTS;
const load = createRequire(path.join(folder, 'package.json'));
const read = (file) => fs.readFileSync(file, 'utf8');
const FORMATS = { '.ttl': 'Turtle', '.nt': 'N-Triples', '.trig': 'TriG', '.nq': 'N-Quads' };

function quads(file) {
  const { Parser } = load('n3');
  return new Parser({ format: FORMATS[path.extname(file)] }).parse(read(file));
}

// With the option unionDefaultGraph each look-up goes through all graphs, one an article.
function stored(file, named) {
  const { Store } = load('n3');
  const store = new Store();
  for (const quad of quads(file)) {
    if (named) store.addQuad(quad);
    else store.addQuad(quad.subject, quad.predicate, quad.object);
  }
  return store;
}

let bindJoins;

// Where one pattern has few rows Comunica binds each of them and plans the other patterns anew: of
// 10,080 statements 04-third-hand takes 174 s of CPU, and 2 s where it may only join by hash.
function setBindJoins(allowed) {
  if (bindJoins === undefined) {
    const { ActorRdfJoinMultiBind } = load('@comunica/actor-rdf-join-inner-multi-bind');
    const { failTest } = load('@comunica/core');
    const actor = ActorRdfJoinMultiBind.prototype;
    const own = actor.getJoinCoefficients;
    actor.getJoinCoefficients = async function coefficients(...args) {
      return bindJoins ? own.apply(this, args) : failTest('not asked for');
    };
  }
  bindJoins = allowed;
}

const clients = {
  n3: (file) => ({ quads: quads(file).length }),

  async shacl(file, shapes) {
    const { Store } = load('n3');
    const entry = path.join(folder, 'node_modules', 'rdf-validate-shacl', 'index.js');
    const Validator = (await import(pathToFileURL(entry))).default;
    const report = new Validator(new Store(quads(shapes))).validate(new Store(quads(file)));
    return { conforms: (await report).conforms };
  },

  async comunica(file, queries, joins) {
    const { QueryEngine } = load('@comunica/query-sparql-rdfjs');
    setBindJoins(joins !== 'hash');
    const engine = new QueryEngine();
    const answers = {};
    const asked = Object.entries(JSON.parse(read(queries)));
    for (const named of [false, true]) {
      const context = { sources: [stored(file, named)] };
      for (const [name, query] of asked.filter(([, text]) => /\bGRAPH\b/.test(text) === named)) {
        const result = await engine.query(query, context);
        const names = (await result.metadata()).variables.map((v) => (v.variable ?? v).value);
        const rows = await (await result.execute()).toArray();
        answers[name] = rows.map((row) => names.map((n) => row.get(n)?.value ?? ''));
      }
    }
    return answers;
  },

  async jsonld(file) {
    const jsonld = load('jsonld');
    const lines = await jsonld.toRDF(JSON.parse(read(file)), { format: 'application/n-quads' });
    return { quads: lines.trim().split('\n').length };
  },

  graphology_graphml(file) {
    const { MultiDirectedGraph } = load('graphology');
    const graph = load('graphology-graphml').parse(MultiDirectedGraph, read(file));
    return { nodes: graph.order, edges: graph.size };
  },

  graphology_gexf(file) {
    const { MultiDirectedGraph } = load('graphology');
    const graph = load('graphology-gexf').parse(MultiDirectedGraph, read(file));
    return { nodes: graph.order, edges: graph.size };
  },

  graphml_js: (file) => new Promise((resolve, reject) => {
    const { GraphMLParser } = load('graphml-js');
    new GraphMLParser().parse(read(file), (error, graph) => {
      if (error) reject(error);
      else resolve({ nodes: graph.nodes.length, edges: graph.edges.length });
    });
  }),
};

async function main() {
  for await (const line of readline.createInterface({ input: process.stdin })) {
    const [client, ...args] = JSON.parse(line);
    let found;
    try {
      found = await clients[client](...args);
    } catch (error) {
      found = { error: String(error.stack ?? error) };
    }
    process.stdout.write(`${JSON.stringify(found)}\n`);
  }
}

main();
