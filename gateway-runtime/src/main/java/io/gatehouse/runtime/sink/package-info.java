/**
 * Where logged requests go besides the installation's own store: Kafka, a collector of
 * OpenTelemetry, files, and tenants' own Firehose streams. Each has its own place on disk and its
 * own thread, so that one that is down holds up neither requests nor the others.
 */
package io.gatehouse.runtime.sink;
