/** Exchanges as spans of distributed traces, on their way to a collector. */
package io.gatehouse.runtime.trace;
