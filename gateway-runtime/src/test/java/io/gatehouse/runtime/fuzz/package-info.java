/**
 * Fuzz targets: whatever hostile text comes in, only the refusals that are meant come out. Each is
 * run over its seeds with the unit tests, by Jazzer for some seconds with the slow tests, and for
 * as long as wanted by {@code scripts/fuzz}.
 */
package io.gatehouse.runtime.fuzz;
