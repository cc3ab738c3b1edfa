/**
 * What is known about one request being served, and the types its steps talk in. Imports no other
 * package of ours and no type of the door's. On this path, and only here, null stands for "not
 * there": an Optional for each header would cost more than the look-up.
 */
package io.gatehouse.runtime.exchange;
