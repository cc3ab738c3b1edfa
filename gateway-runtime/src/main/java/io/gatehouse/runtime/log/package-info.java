/**
 * What stages log of their requests: decided when a stage is compiled, written when an exchange is
 * over, without its secrets, and dropped rather than waited for.
 */
package io.gatehouse.runtime.log;
