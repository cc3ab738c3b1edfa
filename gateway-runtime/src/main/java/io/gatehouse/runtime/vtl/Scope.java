package io.gatehouse.runtime.vtl;

import java.util.Map;

/**
 * What a template can speak of.
 *
 * @param input as {@code $input}
 * @param context as {@code $context}, without the overrides
 * @param stageVariables as {@code $stageVariables}
 * @param overrides that the template may set through {@code $context}
 */
public record Scope(
    Input input, Facts context, Map<String, String> stageVariables, Overrides overrides) {}
