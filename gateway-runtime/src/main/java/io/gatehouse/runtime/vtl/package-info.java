/**
 * The vendor's mapping templates: Velocity's template language with {@code $input}, {@code $util},
 * {@code $context} and {@code $stageVariables}. Our own interpreter, without reflection: what a
 * template may call is a list, and every loop, string, list and depth is bounded, so that no
 * template can run code, stall a node or fill its memory.
 */
package io.gatehouse.runtime.vtl;
