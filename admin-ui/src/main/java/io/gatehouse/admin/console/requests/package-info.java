/** Why one request got its answer, and what to do about it. */
package io.gatehouse.admin.console.requests;
