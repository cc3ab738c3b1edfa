/**
 * The whole system, started as {@code scripts/start} starts it, driven by the AWS SDK for Java,
 * plain HTTP and a real browser. One installation serves all classes here; what kills parts of it
 * does so last.
 */
package io.gatehouse.e2e;
