package io.gatehouse.runtime.functions;

import java.util.List;

/**
 * An invocation that was made.
 *
 * @param lines its part of the log
 */
record Ran(Outcome outcome, List<String> lines, long nanos) {}
