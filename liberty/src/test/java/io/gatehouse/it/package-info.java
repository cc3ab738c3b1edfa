/** Tests that run inside a server, in the real wars. */
package io.gatehouse.it;
