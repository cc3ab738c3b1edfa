package io.gatehouse.runtime.compile;

/**
 * Something that a stage's definition asks for and this version does not do.
 *
 * @param place as {@code GET /pets}, {@code the API} or {@code stage prod}
 * @param reason a sentence without its full stop
 * @param refused whether requests to that place are refused because of it; otherwise they are
 *     served as if it were not there
 */
public record Unserved(String place, String reason, boolean refused) {}
