"""The rows N2-N12 of the SNS & SQS lab with boto3 as it is: the endpoint comes from AWS_ENDPOINT_URL, the keys from the environment.

Prints one JSON line a row: {"id", "title", "failure"?}.
"""

import json
import os
import urllib.request

import boto3

EMAIL = "shop@example.com"
ORDER = json.dumps({"order": 1001, "item": "a ruled notebook"})
sns = boto3.client("sns")
sqs = boto3.client("sqs")
known = {}


def admin(path, body=None):
    request = urllib.request.Request(
        f"{os.environ['AWS_ENDPOINT_URL']}/_sandbox/{path}",
        data=None if body is None else json.dumps(body).encode(),
        headers={"content-type": "application/json"},
    )
    with urllib.request.urlopen(request) as answer:
        return json.load(answer)


def facts(name):
    return sqs.get_queue_attributes(QueueUrl=known[name], AttributeNames=["All"])["Attributes"]


def receive(name, **options):
    answer = sqs.receive_message(
        QueueUrl=known[name], MaxNumberOfMessages=10, MessageSystemAttributeNames=["All"], **options
    )
    return answer.get("Messages", [])


def fail():
    """Waits out the visibility timeout, asks again (nothing comes) and looks into the dead-letter queue."""
    admin("clock", {"advance": "31s"})
    assert receive("queue") == [], "it came again"
    return receive("dlq", VisibilityTimeout=0)


def n2():
    """create_topic"""
    known["topic"] = sns.create_topic(Name="Order")["TopicArn"]
    arns = [topic["TopicArn"] for page in sns.get_paginator("list_topics").paginate() for topic in page["Topics"]]
    assert known["topic"] in arns, arns


def n3():
    """create_queue, retention one day"""
    known["queue"] = sqs.create_queue(QueueName="ContentQ", Attributes={"MessageRetentionPeriod": "86400"})["QueueUrl"]
    known["queueArn"] = facts("queue")["QueueArn"]
    assert facts("queue")["MessageRetentionPeriod"] == "86400", facts("queue")


def n4():
    """set_queue_attributes, policy for the topic alone"""
    statement = {
        "Effect": "Allow",
        "Principal": {"Service": "sns.amazonaws.com"},
        "Action": "sqs:SendMessage",
        "Resource": known["queueArn"],
        "Condition": {"ArnEquals": {"aws:SourceArn": known["topic"]}},
    }
    policy = json.dumps({"Version": "2012-10-17", "Statement": [statement]})
    sqs.set_queue_attributes(QueueUrl=known["queue"], Attributes={"Policy": policy})
    assert json.loads(facts("queue")["Policy"])["Statement"] == [statement], facts("queue")


def n5():
    """create_queue, retention five days"""
    attributes = {"MessageRetentionPeriod": "432000"}
    known["dlq"] = sqs.create_queue(QueueName="ContentRedriveQ", Attributes=attributes)["QueueUrl"]
    known["dlqArn"] = facts("dlq")["QueueArn"]
    assert "RedrivePolicy" not in facts("dlq"), facts("dlq")


def n6():
    """set_queue_attributes, redrive policy"""
    redrive = json.dumps({"deadLetterTargetArn": known["dlqArn"], "maxReceiveCount": 1})
    sqs.set_queue_attributes(QueueUrl=known["queue"], Attributes={"RedrivePolicy": redrive})
    sources = sqs.list_dead_letter_source_queues(QueueUrl=known["dlq"])["queueUrls"]
    assert sources == [known["queue"]], sources


def n7():
    """subscribe an e-mail address and confirm it"""
    arn = sns.subscribe(TopicArn=known["topic"], Protocol="email", Endpoint=EMAIL, ReturnSubscriptionArn=True)
    arn = arn["SubscriptionArn"]
    pending = lambda: sns.get_subscription_attributes(SubscriptionArn=arn)["Attributes"]["PendingConfirmation"]
    assert pending() == "true"
    mail = next(mail for mail in admin("mailbox")["messages"] if mail["to"] == EMAIL)
    urllib.request.urlopen(next(link["url"] for link in mail["links"] if "onfirm" in link["label"])).close()
    assert pending() == "false"


def n8():
    """subscribe the queue"""
    sns.subscribe(TopicArn=known["topic"], Protocol="sqs", Endpoint=known["queueArn"])
    found = sns.list_subscriptions_by_topic(TopicArn=known["topic"])["Subscriptions"]
    assert sorted(each["Protocol"] for each in found) == ["email", "sqs"], found


def n9():
    """send_message, receive_message, dead letter"""
    sent = sqs.send_message(QueueUrl=known["queue"], MessageBody=ORDER)["MessageId"]
    assert [message["MessageId"] for message in receive("queue")] == [sent]
    dead = fail()
    assert [message["MessageId"] for message in dead] == [sent], dead
    assert int(dead[0]["Attributes"]["ApproximateReceiveCount"]) >= 1, dead


def n10():
    """publish: mail, envelope, dead letter"""
    published = sns.publish(TopicArn=known["topic"], Subject="A new order", Message=ORDER)["MessageId"]
    mails = [mail for mail in admin("mailbox")["messages"] if mail["subject"] == "A new order"]
    assert len(mails) == 1, mails
    envelope = json.loads(receive("queue")[0]["Body"])
    assert envelope["MessageId"] == published and envelope["Message"] == ORDER, envelope
    assert len(fail()) == 2


def n11():
    """start_message_move_task"""
    assert sqs.start_message_move_task(SourceArn=known["dlqArn"])["TaskHandle"]
    admin("clock", {"advance": "10s"})
    task = sqs.list_message_move_tasks(SourceArn=known["dlqArn"])["Results"][0]
    assert task["Status"] == "COMPLETED" and task["ApproximateNumberOfMessagesMoved"] == 2, task
    assert facts("queue")["ApproximateNumberOfMessages"] == "2", facts("queue")


def n12():
    """unsubscribe, delete_topic, delete_queue: nothing is left"""
    for subscription in sns.list_subscriptions()["Subscriptions"]:
        sns.unsubscribe(SubscriptionArn=subscription["SubscriptionArn"])
    sns.delete_topic(TopicArn=known["topic"])
    for name in ("queue", "dlq"):
        sqs.delete_queue(QueueUrl=known[name])
    try:
        sqs.get_queue_url(QueueName="ContentQ")
        raise AssertionError("the queue is still there")
    except sqs.exceptions.QueueDoesNotExist as refused:
        assert refused.response["Error"]["Code"] == "AWS.SimpleQueueService.NonExistentQueue", refused.response
    assert admin("state")["resources"] == [], admin("state")


for row in (n2, n3, n4, n5, n6, n7, n8, n9, n10, n11, n12):
    result = {"id": row.__name__.upper(), "title": row.__doc__}
    try:
        row()
    except Exception as error:  # whatever it is, it is this row's result
        result["failure"] = f"{type(error).__name__}: {error}"
    print(json.dumps(result), flush=True)
