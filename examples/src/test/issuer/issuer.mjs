// An issuer of tokens (oidc-provider) on a free port of loopback. A line of JSON on standard input makes
// another one of it: {"keys": "NAME"} changes its keys, {"issuer": "URL"} what it calls itself, {"clock": -3600}
// what time it takes it to be. Each is answered with a line. It ends with its standard input.
import {generateKeyPairSync} from 'node:crypto';
import {createServer} from 'node:http';
import {createInterface} from 'node:readline';
import Provider from 'oidc-provider';

const now = Date.now;
const keys = new Map();
const server = createServer();

function key(name) {
  if (!keys.has(name)) {
    const {privateKey} = generateKeyPairSync('rsa', {modulusLength: 2048});
    keys.set(name, {...privateKey.export({format: 'jwk'}), kid: name, use: 'sig', alg: 'RS256'});
  }
  return keys.get(name);
}

function become({keys: name = 'first', issuer = `http://127.0.0.1:${server.address().port}`, clock = 0}) {
  Date.now = () => now() + clock * 1000;
  const provider = new Provider(issuer, {
    clients: [{client_id: 'shop', client_secret: 'secret', grant_types: ['client_credentials'], redirect_uris: [], response_types: []}],
    cookies: {keys: ['of no use here']},
    jwks: {keys: [key(name)]},
    features: {
      clientCredentials: {enabled: true},
      devInteractions: {enabled: false},
      resourceIndicators: {
        enabled: true,
        defaultResource: () => 'urn:test:gateway',
        getResourceServerInfo: (context, audience) =>
          ({scope: '', audience, accessTokenFormat: 'jwt', accessTokenTTL: 600, jwt: {sign: {alg: 'RS256'}}}),
      },
    },
  });
  server.removeAllListeners('request');
  server.on('request', provider.callback());
}

server.listen(0, '127.0.0.1', () => {
  become({});
  console.log(`listening on 127.0.0.1:${server.address().port}`);
  createInterface({input: process.stdin})
    .on('line', (line) => {
      become(JSON.parse(line));
      console.log(line);
    })
    .on('close', () => process.exit());
});
