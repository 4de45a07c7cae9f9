// SPDX-License-Identifier: GPL-2.0
/*
 * A server that passes questions on to a backend, by a pool of two threads.
 *
 * usage: pool PORT BACKEND BACKEND_PORT CONNECTIONS
 *
 * The main thread waits in epoll_wait(), accepts connections and reads their questions.
 * A worker asks the backend, which may take long, and writes its answer to whoever
 * asked. Ends when CONNECTIONS connections have ended and no question is left.
 */
#include <arpa/inet.h>
#include <errno.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#define WORKERS 2

struct connection {
	int fd;
	/* LAB-BEGIN 1 "What must be known of a connection on which two threads work?" "两个线程都在用的连接，需要记住什么？" */
	pthread_mutex_t lock;
	int holders;
	bool over;
	/* LAB-END */
};

struct question {
	struct question *next;
	struct connection *from;
	char text[256];
	size_t len;
};

static struct sockaddr_in backend = { .sin_family = AF_INET };
static struct question *questions;
static int unanswered;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;

static void die(const char *what)
{
	fprintf(stderr, "%s: %s\n", what, strerror(errno));
	exit(1);
}

static int listen_on(int port)
{
	struct sockaddr_in addr = {
		.sin_family = AF_INET,
		.sin_port = htons((unsigned short)port),
	};
	int fd = socket(AF_INET, SOCK_STREAM, 0);
	int one = 1;

	if (fd < 0 || setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &one, sizeof(one)) ||
	    bind(fd, (struct sockaddr *)&addr, sizeof(addr)) || listen(fd, 16))
		die("listen");
	return fd;
}

static void watch(int epfd, int fd, struct connection *conn)
{
	struct epoll_event event = { .events = EPOLLIN, .data.ptr = conn };

	if (epoll_ctl(epfd, EPOLL_CTL_ADD, fd, &event))
		die("epoll_ctl");
}

static struct connection *connection_new(int fd)
{
	struct connection *conn = calloc(1, sizeof(*conn));

	if (!conn)
		die("calloc");
	conn->fd = fd;
	/* LAB-BEGIN 1 "The main thread is the first who holds it." "主线程是第一个持有者。" */
	pthread_mutex_init(&conn->lock, NULL);
	conn->holders = 1;
	/* LAB-END */
	return conn;
}

/* One more thread works for this connection. */
static void hold(struct connection *conn)
{
	/* LAB-BEGIN 2 "Count it." "计数。" */
	pthread_mutex_lock(&conn->lock);
	conn->holders++;
	pthread_mutex_unlock(&conn->lock);
	/* LAB-ELSE (void)conn; */
	/* LAB-END */
}

/* It does so no more. */
static void let_go(struct connection *conn)
{
	/* LAB-BEGIN 2 "Who is the last, and what is left to do for them?" "谁是最后一个，还要做什么？" */
	int left;

	pthread_mutex_lock(&conn->lock);
	left = --conn->holders;
	pthread_mutex_unlock(&conn->lock);
	if (left)
		return;
	/* Only now may another connection get this number. */
	close(conn->fd);
	pthread_mutex_destroy(&conn->lock);
	free(conn);
	/* LAB-ELSE (void)conn; */
	/* LAB-END */
}

/* The peer has ended this connection: so do we, at once. */
static void end_connection(int epfd, struct connection *conn)
{
	epoll_ctl(epfd, EPOLL_CTL_DEL, conn->fd, NULL);
	/* LAB-BEGIN 3 "End the connection; may its number be given away already?" "结束连接；它的号码现在就能让出去吗？" */
	pthread_mutex_lock(&conn->lock);
	conn->over = true;
	shutdown(conn->fd, SHUT_RDWR);
	pthread_mutex_unlock(&conn->lock);
	/* LAB-ELSE close(conn->fd); */
	/* LAB-END */
	let_go(conn);
}

/* An answer has come, for whoever asked. */
static void answer(struct connection *conn, const char *text, size_t len)
{
	/* LAB-BEGIN 4 "Who is at the other end of conn->fd now?" "现在 conn->fd 的另一端是谁？" */
	pthread_mutex_lock(&conn->lock);
	if (!conn->over)
		send(conn->fd, text, len, MSG_NOSIGNAL);
	pthread_mutex_unlock(&conn->lock);
	/* LAB-ELSE send(conn->fd, text, len, MSG_NOSIGNAL); */
	/* LAB-END */
	let_go(conn);
}

/* Asks the backend, and waits for its whole answer. */
static size_t ask(const struct question *question, char *text, size_t room)
{
	int fd = socket(AF_INET, SOCK_STREAM, 0);
	size_t len = 0;
	ssize_t n;

	if (fd < 0 || connect(fd, (struct sockaddr *)&backend, sizeof(backend)) ||
	    send(fd, question->text, question->len, MSG_NOSIGNAL) < 0)
		die("backend");
	while ((n = recv(fd, text + len, room - len, 0)) > 0)
		len += (size_t)n;
	close(fd);
	return len;
}

static void *work(void *unused)
{
	(void)unused;
	for (;;) {
		struct question *question;
		char text[4096];
		size_t len;

		pthread_mutex_lock(&lock);
		while (!questions)
			pthread_cond_wait(&changed, &lock);
		question = questions;
		questions = question->next;
		pthread_mutex_unlock(&lock);

		len = ask(question, text, sizeof(text));
		answer(question->from, text, len);
		free(question);

		pthread_mutex_lock(&lock);
		unanswered--;
		pthread_cond_broadcast(&changed);
		pthread_mutex_unlock(&lock);
	}
	return NULL;
}

/* Something came from this connection. True when it was its end. */
static bool handle(int epfd, struct connection *conn)
{
	struct question *question = calloc(1, sizeof(*question));
	ssize_t n;

	if (!question)
		die("calloc");
	n = recv(conn->fd, question->text, sizeof(question->text), 0);
	if (n <= 0) {
		free(question);
		end_connection(epfd, conn);
		return true;
	}
	question->len = (size_t)n;
	question->from = conn;
	hold(conn);
	pthread_mutex_lock(&lock);
	question->next = questions;
	questions = question;
	unanswered++;
	pthread_cond_broadcast(&changed);
	pthread_mutex_unlock(&lock);
	return false;
}

int main(int argc, char **argv)
{
	int listener, epfd, left;

	if (argc != 5 || inet_pton(AF_INET, argv[2], &backend.sin_addr) != 1) {
		fprintf(stderr, "usage: pool PORT BACKEND BACKEND_PORT CONNECTIONS\n");
		return 2;
	}
	listener = listen_on(atoi(argv[1]));
	backend.sin_port = htons((unsigned short)atoi(argv[3]));
	left = atoi(argv[4]);
	epfd = epoll_create1(0);
	if (epfd < 0)
		die("epoll_create1");
	watch(epfd, listener, NULL);
	for (int i = 0; i < WORKERS; i++) {
		pthread_t thread;

		if (pthread_create(&thread, NULL, work, NULL))
			die("pthread_create");
	}

	while (left) {
		struct epoll_event event;

		if (epoll_wait(epfd, &event, 1, -1) < 1)
			continue;
		if (event.data.ptr) {
			left -= handle(epfd, event.data.ptr);
		} else {
			int fd = accept(listener, NULL, NULL);

			if (fd < 0)
				die("accept");
			watch(epfd, fd, connection_new(fd));
		}
	}
	pthread_mutex_lock(&lock);
	while (unanswered)
		pthread_cond_wait(&changed, &lock);
	pthread_mutex_unlock(&lock);
	return 0;
}
