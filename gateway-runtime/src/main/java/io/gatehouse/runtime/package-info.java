/** Root of the gateway-runtime module. */
package io.gatehouse.runtime;
