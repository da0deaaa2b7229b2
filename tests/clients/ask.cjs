// Asks an endpoint by clients of the npm registry, and prints what they got as JSON.
// Usage: NODE_PATH=build/clients/node_modules node tests/clients/ask.cjs CLIENT ADDRESS [QUERY]

const clients = {
  async comunica(address, query) {
    return rows({ sources: [address] }, query);
  },

  async "comunica-forced"(address, query) {
    return rows({ sources: [{ type: "sparql", value: address }] }, query);
  },

  async "comunica-construct"(address, query) {
    const engine = comunica();
    const quads = await engine.queryQuads(query, { sources: [address] });
    return (await quads.toArray()).length;
  },

  async "fetch-sparql-endpoint"(address, query) {
    const { SparqlEndpointFetcher } = require("fetch-sparql-endpoint");
    const fetcher = new SparqlEndpointFetcher();
    const stream = await fetcher.fetchBindings(address, query);
    return collected(stream, (row) => Object.values(row).map((term) => term.value));
  },

  async "fetch-sparql-endpoint-construct"(address, query) {
    const { SparqlEndpointFetcher } = require("fetch-sparql-endpoint");
    const stream = await new SparqlEndpointFetcher().fetchTriples(address, query);
    return (await collected(stream, (quad) => quad)).length;
  },

  async "rdf-dereference"(address) {
    const { rdfDereferencer } = require("rdf-dereference");
    const { data } = await rdfDereferencer.dereference(address);
    return (await collected(data, (quad) => quad)).length;
  },
};

function comunica() {
  const { QueryEngine } = require("@comunica/query-sparql");
  return new QueryEngine();
}

async function rows(context, query) {
  const bindings = await comunica().queryBindings(query, context);
  const found = await bindings.toArray();
  return found.map((row) => [...row.values()].map((term) => term.value));
}

function collected(stream, read) {
  return new Promise((resolve, reject) => {
    const found = [];
    stream.on("data", (item) => found.push(read(item)));
    stream.on("error", reject);
    stream.on("end", () => resolve(found));
  });
}

const [client, address, query] = process.argv.slice(2);
clients[client](address, query).then(
  (found) => console.log(JSON.stringify(found)),
  (fault) => {
    console.error(String(fault));
    process.exitCode = 1;
  },
);
