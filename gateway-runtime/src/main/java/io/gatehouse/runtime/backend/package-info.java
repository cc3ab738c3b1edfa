/**
 * What integrations call, and the one HTTP client with its egress guard. Vert.x types end at the
 * border of this package and the door's.
 */
package io.gatehouse.runtime.backend;
