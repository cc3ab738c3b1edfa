/**
 * From the caller's request to the integration's, and back. Everything here is built once, when a
 * stage is compiled.
 */
package io.gatehouse.runtime.mapping;
