/**
 * The development cluster: the real Kafka broker and a schema registry in this process, on the
 * loopback interface only. For development, demonstrations and tests; production brings its own.
 */
package io.backstop.devcluster;
