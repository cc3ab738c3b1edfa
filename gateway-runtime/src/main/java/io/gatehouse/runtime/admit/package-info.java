/** The steps that decide whether a request may pass. */
package io.gatehouse.runtime.admit;
