/** The HTTP listener: bytes in, an exchange made; a response out, framed anew. */
package io.gatehouse.runtime.door;
