/**
 * The HTTP listener: bytes in, an exchange made; a response out, framed anew. What two readers
 * could read in two ways is refused, and nobody may take more time or room than the operator
 * allows.
 */
package io.gatehouse.runtime.door;
