package io.gatehouse.runtime.sink;

import java.nio.file.Path;

/**
 * A directory of the operator's for logged requests.
 *
 * @param bytes of one file
 * @param count of files that are kept
 */
public record LogFiles(Path directory, long bytes, int count) {}
