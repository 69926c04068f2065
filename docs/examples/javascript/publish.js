// Publishes one action request and waits for its result.
//
//   npm install
//   node publish.js 127.0.0.1:9092 http://127.0.0.1:8081
//
// The two arguments are the addresses that `./backstop demo` prints; these are the defaults.
'use strict';

const { randomUUID } = require('node:crypto');
const { Kafka, logLevel } = require('kafkajs');
const { SchemaRegistry } = require('@kafkajs/confluent-schema-registry');

const [broker = '127.0.0.1:9092', registryUrl = 'http://127.0.0.1:8081'] = process.argv.slice(2);
const PATIENCE_MS = 60_000;

const kafka = new Kafka({ clientId: 'publish-example', brokers: [broker], logLevel: logLevel.ERROR });
const registry = new SchemaRegistry({ host: registryUrl });

// The encoder drops a field whose name it does not know, so spell them as in schemas/ActionRequest.avsc.
const request = {
  requestId: randomUUID(),
  action: 'notion:createPage',
  // Requests with the same key cause one call.
  idempotencyKey: `example-${randomUUID()}`,
  // A union of records: the payload stands under the full name of its record.
  payload: {
    'io.backstop.action.TaskPayload': {
      title: 'Published from JavaScript',
      container: '7f1d5c7a3b1e4b0c9a52d1a0c4e8f001',
    },
  },
  deadline: Date.now() + PATIENCE_MS,
};

// Starts to read before anything is published, so that the result cannot be missed.
async function resultOf(consumer, requestId) {
  await consumer.connect();
  await consumer.subscribe({ topic: 'actions.results', fromBeginning: true });
  return new Promise((resolve, reject) => {
    const timer = setTimeout(
      () => reject(new Error(`no result of ${requestId} within ${PATIENCE_MS} ms: look at ./backstop dead-letters list`)),
      PATIENCE_MS);
    consumer.run({
      eachMessage: async ({ message }) => {
        const result = await registry.decode(message.value);
        if (result.requestId === requestId) {
          clearTimeout(timer);
          resolve(result);
        }
      },
    }).catch(reject);
  });
}

async function publish(producer) {
  const schemaId = await registry.getLatestSchemaId('actions.requests-value');
  await producer.connect();
  await producer.send({
    topic: 'actions.requests',
    acks: -1,
    // The record key must be the same for duplicates of one request.
    messages: [{ key: request.idempotencyKey, value: await registry.encode(schemaId, request) }],
  });
}

async function main() {
  const producer = kafka.producer({ idempotent: true });
  // readUncommitted is off by default: only committed results are seen.
  const consumer = kafka.consumer({ groupId: `publish-example-${request.requestId}` });
  try {
    const result = resultOf(consumer, request.requestId);
    result.catch(() => {}); // reported below, also when publishing fails first
    await publish(producer);
    console.log(`published ${request.requestId}`);
    const { requestId, status, executedBy, responseData } = await result;
    console.log(JSON.stringify({ requestId, status, executedBy, response: JSON.parse(responseData) }, null, 2));
    if (status !== 'SUCCEEDED') {
      throw new Error(`the result is ${status}`);
    }
  } finally {
    await Promise.allSettled([producer.disconnect(), consumer.disconnect()]);
  }
}

main().catch((error) => {
  console.error(`publish.js: ${error.message}`);
  process.exitCode = 1;
});
