package io.gatehouse.runtime.mapping;

/**
 * One line of a parameter mapping: the header or query parameter to set, and where its value comes
 * from.
 */
public record ParameterMapping(String name, ParameterSource source) {}
